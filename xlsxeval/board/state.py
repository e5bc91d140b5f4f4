"""How far a campaign has come, as values: every unit with what was sent, what came, what is wrong with it, and how late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xlsxeval.layout.unit_standing import HeldSheets
from xlsxeval.model import Finding, Severity

if TYPE_CHECKING:
    from xlsxeval.rollup import LowerLine


class UnitStatus(StrEnum):
    """Where a unit, or one of its attachments, stands; in the order in which work is left to do."""

    UNSENT = "unsent"
    MISSING = "missing"
    ERRORS = "errors"
    CHECK = "check"
    DONE = "done"

    @property
    def rank(self) -> int:
        """0 where most is left to do."""
        return list(UnitStatus).index(self)


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """A finding on record, with the fingerprint by which it is known again."""

    finding: Finding
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One received content: the name it came under, and the day it first came (None where that is not known).

    ``source`` is where it lay.
    """

    name: str
    sha256: str
    day: dt.date | None
    version: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """What came of one unit's ``part``; None is the workbook with all forms.

    ``current`` counts, None while ``conflict`` holds several of which one must be chosen. ``first`` is the day on which
    any of its versions first came. ``holds`` are the worksheets of a whole workbook as they were sent out, None where
    nobody knows: then all.
    """

    unit: str
    part: str | None
    current: ReceivedFile | None
    conflict: tuple[ReceivedFile, ...]
    first: dt.date | None
    items: tuple[RecordedFinding, ...]
    holds: frozenset[str] | None = None

    def has(self, sheet: str) -> bool:
        """Whether that worksheet came with it."""
        return HeldSheets(self.part, self.holds).has(sheet)


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """One worksheet that a unit is to fill in. ``form`` groups it with the same form of other units and projects."""

    sheet: str
    form: str
    status: UnitStatus


@dataclass(frozen=True, slots=True)
class SheetPoints:
    """What a scored worksheet comes to, recomputed from its inputs: points, and the execution rate as a share of 1."""

    sheet: str
    score: float | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A received file that counts for nobody, with the reason. ``unit`` is its code where it is known.

    ``source`` is where it lay: a name that somebody can look for.

    ``settled``: nothing is left to do about it (docs/guide/collection.md lists when).
    """

    name: str
    code: str
    reason: str
    unit: str | None = None
    settled: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitReview:
    """The organiser's last review of a unit: by whom, when, and with which note.

    ``state`` is ``pending``, ``returned`` or ``passed``. ``is_current`` is False where other files count since then: the
    review is to be made again.
    """

    state: str
    note: str
    by: str
    at: dt.datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit. ``received`` is the day on which the last of its parts first came; ``days_late`` is held against it.

    Where something is missing, ``days_late`` counts up to the day of the board. ``versions`` counts different contents.
    ``form_changes`` tell what is otherwise now than in the form that it was sent, where it needs a new one.
    """

    code: str
    name: str
    status: UnitStatus
    sent: bool | None
    deadline: dt.date | None
    received: dt.date | None
    days_late: int
    attachments: tuple[ExpectedSheet, ...]
    slots: tuple[ReceivedPart, ...]
    versions: int
    figures: tuple[SheetPoints, ...] = ()
    form_changes: tuple[str, ...] = ()
    review: UnitReview | None = None

    @property
    def review_state(self) -> str:
        """The state of the review as it counts today: ``pending`` where nothing, or something else, was reviewed."""
        return self.review.state if self.review is not None and self.review.is_current else "pending"

    @property
    def counting(self) -> tuple[str, ...]:
        """The SHA-256 of its files that count."""
        return tuple(sorted(slot.current.sha256 for slot in self.slots if slot.current is not None))

    @property
    def items(self) -> tuple[RecordedFinding, ...]:
        """All findings, also those that somebody accepted."""
        return tuple(item for slot in self.slots for item in slot.items)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that count."""
        return tuple(item.finding for item in self.items if item.finding.waived is None)

    def count(self, severity: Severity) -> int:
        """How many findings of that severity count."""
        return sum(finding.severity is severity for finding in self.open)

    @property
    def missing(self) -> tuple[str, ...]:
        """The worksheets that did not come."""
        return tuple(one.sheet for one in self.attachments if one.status in (UnitStatus.MISSING, UnitStatus.UNSENT))

    @property
    def conflicts(self) -> tuple[ReceivedPart, ...]:
        """The parts of which one of several files must be chosen."""
        return tuple(slot for slot in self.slots if slot.conflict)

    @property
    def came(self) -> bool:
        """Whether anything of it came."""
        return bool(self.slots)

    @property
    def figure(self) -> SheetPoints | None:
        """What stands for the unit as a whole: its only scored worksheet, or the first of several."""
        return self.figures[0] if self.figures else None


@dataclass(frozen=True, slots=True)
class CampaignState:
    """A campaign as it stands on the day ``as_of``.

    ``source`` says what that is known from: the ``ledger``, or the files in the ``folder`` of returns, whose days are
    those of the files. ``uncollected`` counts files in the folder that the ledger does not know; ``stale``
    what counts and was judged by another program, or against other definitions, than today's; ``levels`` are the
    lower levels with what they handed up.
    """

    id: str
    edition: str
    year: int
    department: str
    deadline: dt.date | None
    as_of: dt.date
    source: str
    units: tuple[BoardLine, ...]
    set_aside: tuple[SetAside, ...]
    uncollected: int = 0
    stale: int = 0
    levels: tuple[LowerLine, ...] = ()

    @property
    def statuses(self) -> Mapping[UnitStatus, int]:
        """How many units stand where; every status has its number."""
        counts = Counter(unit.status for unit in self.units)
        return {status: counts[status] for status in UnitStatus}

    @property
    def unsettled(self) -> tuple[SetAside, ...]:
        """What was set aside and somebody still has to see to."""
        return tuple(one for one in self.set_aside if not one.settled)

    def forms(self) -> Mapping[str, Mapping[UnitStatus, int]]:
        """How many worksheets of each form stand where; in the order of the units that fill in most of them."""
        found: dict[str, Counter[UnitStatus]] = {}
        for unit in sorted(self.units, key=lambda one: -len(one.attachments)):
            for attachment in unit.attachments:
                found.setdefault(attachment.form, Counter())[attachment.status] += 1
        return {form: {status: counts[status] for status in UnitStatus} for form, counts in found.items()}
