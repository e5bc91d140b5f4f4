"""What is known of one unit's self-evaluation when its rubric is drafted, and what can be counted in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import Layout, SheetLayout
from xlsxeval.model import Finding


@dataclass(frozen=True, slots=True)
class Evidence:
    """One unit: what it should have filled in (``layout``), what came back, what was found in it, and when it came.

    ``submissions`` is empty where nothing readable came; several are parts of one unit's forms. ``findings`` are those
    that count, waived ones left out. ``waits``: a person must choose one of several files, so nothing is sure yet.
    """

    layout: Layout
    submissions: Sequence[Submission]
    findings: Sequence[Finding]
    received: dt.date | None
    waits: bool = field(default=False, kw_only=True)

    @property
    def came(self) -> bool:
        """Whether anything readable came back."""
        return bool(self.submissions)

    def filled(self, sheet: SheetLayout) -> bool:
        """Whether the unit typed anything into a worksheet."""
        return any(
            not entry.blank
            for submission in self.submissions
            if sheet.name in submission.views
            for address, entry in submission.entries.items()
            if address.sheet == sheet.name
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a thing, and which, in words for people."""

    number: int
    which: str


Measure = Callable[[Evidence], Count | None]


def units_without(evidence: Evidence) -> Count:
    """The unit itself and the units that carry out its projects, of which no form came back filled in."""
    own = evidence.layout.unit.name
    carried: dict[str, bool] = {}
    for sheet in _asked(evidence):
        unit = sheet.project.unit if sheet.project else own
        carried[unit] = carried.get(unit, False) or evidence.filled(sheet)
    missing = [unit for unit, done in carried.items() if not done]
    return Count(len(missing), "、".join(missing))


def missing_attachments(evidence: Evidence) -> Count:
    """Attachments that did not come, or came without anything filled in."""
    missing = [sheet.name for sheet in _asked(evidence) if sheet.attachment and not evidence.filled(sheet)]
    return Count(len(missing), "、".join(missing))


def days_late(evidence: Evidence) -> Count | None:
    """Days between the campaign's deadline and the day of arrival; None where one of them is not known."""
    deadline = evidence.layout.campaign.deadline
    if deadline is None or evidence.received is None:
        return None
    late = max((evidence.received - deadline).days, 0)
    return Count(late, f"截止 {deadline}，收到 {evidence.received}")


MEASURES: dict[str, Measure] = {
    "units_without": units_without,
    "missing_attachments": missing_attachments,
    "days_late": days_late,
}


def _asked(evidence: Evidence) -> list[SheetLayout]:
    """The worksheets that the unit was to fill in."""
    inputs = {cell.address.sheet for cell in evidence.layout.inputs()}
    return [sheet for sheet in evidence.layout.sheets if sheet.form is not None and sheet.name in inputs]
