"""The state as the ledger has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from xlsxeval.board.assembly import Desk, assemble
from xlsxeval.board.state import (
    BoardLine,
    CampaignState,
    ReceivedFile,
    ReceivedPart,
    RecordedFinding,
    SetAside,
    UnitReview,
)
from xlsxeval.model import Finding, Place, Severity
from xlsxeval.rules.organiser import is_of_the_unit
from xlsxeval.rules.verdict import Subject, Verdict
from xlsxeval.rules.waivers import Waived, apply_waivers

if TYPE_CHECKING:
    from xlsxeval.ledger import (
        Action,
        CollectionStanding,
        FileStanding,
        KnownFinding,
        Queries,
        ReviewRecord,
        SubmissionRecord,
    )


def from_ledger(
    desk: Desk,
    ledger: Queries,
    standing: CollectionStanding,
    waived: Sequence[Waived],
    zone: dt.tzinfo | None = None,
    uncollected: int = 0,
) -> CampaignState:
    """The state of the campaign whose files and units stand as ``standing`` says, with what the ledger knows of them.

    ``waived`` are the exceptions that count today: they may be younger than the last judgement. Days are those of
    ``zone``, None being the machine's.
    """
    slots = _Slots(ledger, standing, waived, zone)
    aside = map(_set_aside, standing.aside)
    state = assemble(desk, "ledger", standing.units, slots, standing.versions, aside, uncollected)
    last = {one.unit: one for one in ledger.reviews()}
    if not last:
        return state
    actions = {one.id: one for one in ledger.actions()}
    reviewed = (_reviewed(line, last.get(line.code), actions) for line in state.units)
    return replace(state, units=tuple(reviewed))


def _reviewed(line: BoardLine, review: ReviewRecord | None, actions: Mapping[int, Action]) -> BoardLine:
    """A unit with its last review."""
    if review is None:
        return line
    act = actions[review.action]
    is_current = review.files == " ".join(line.counting)
    return replace(line, review=UnitReview(review.state.value, review.note or "", act.who, act.at, is_current))


class _Slots:
    """What came of each unit and part."""

    def __init__(
        self, ledger: Queries, standing: CollectionStanding, waived: Sequence[Waived], zone: dt.tzinfo | None
    ) -> None:
        self.ledger = ledger
        self.standing = standing
        self.waived = waived
        self.zone = zone
        self.held = ledger.held()
        self.files = {one.submission.id: one for one in standing.files if one.submission and one.is_first}
        self.days = self._first_days()

    def __iter__(self) -> Iterator[ReceivedPart]:
        firsts = self._first_of_slots()
        for (unit, part), slot in self.standing.slots.items():
            current = None if slot.current is None else self.files[slot.current]
            conflict = tuple(self._file(self.files[one]) for one in slot.conflict)
            file = None if current is None else self._file(current)
            items = () if current is None or current.submission is None else self._items(current.submission)
            yield ReceivedPart(
                unit, part, file, conflict, firsts.get((unit, part)), items, self._holds(slot.submissions)
            )

    def _first_of_slots(self) -> Mapping[tuple[str, str | None], dt.date]:
        """The day on which any version of a unit's part first came; what was set aside does not count."""
        firsts: dict[tuple[str, str | None], dt.date] = {}
        for one in self.files.values():
            if one.unit is not None and not one.is_aside:
                slot, day = (one.unit, one.part), self.days[one.receipt.sha256]
                firsts[slot] = min(day, firsts.get(slot, day))
        return firsts

    def _file(self, file: FileStanding) -> ReceivedFile:
        receipt, version = file.receipt, file.submission.version if file.submission else 0
        return ReceivedFile(receipt.name, receipt.sha256, self.days[receipt.sha256], version, receipt.source)

    def _holds(self, submissions: Sequence[int]) -> frozenset[str] | None:
        """The worksheets that at least one of them holds; None where nobody knows of one."""
        held = [self.held.get(number) for number in submissions]
        return frozenset[str]().union(*filter(None, held)) if all(held) else None

    def _items(self, submission: SubmissionRecord) -> tuple[RecordedFinding, ...]:
        known = [one for one in self.ledger.findings(submission.id) if is_of_the_unit(one.code)]
        subject = Subject(submission.unit, "", self.ledger.campaign, "", (), submission.part, "")
        verdict = Verdict("", submission.sha256, subject, tuple(map(_finding, known)))
        marked = apply_waivers(verdict, self.waived).findings
        return tuple(RecordedFinding(finding, one.fingerprint) for finding, one in zip(marked, known, strict=True))

    def _first_days(self) -> Mapping[str, dt.date]:
        """The day on which each content first came."""
        days: dict[str, dt.date] = {}
        for one in self.standing.files:
            day = one.came.astimezone(self.zone).date()
            days[one.receipt.sha256] = min(day, days.get(one.receipt.sha256, day))
        return days


def _set_aside(file: FileStanding) -> SetAside:
    receipt = file.receipt
    return SetAside(receipt.name, file.code or "", file.message or "", file.unit, file.settled, receipt.source)


def _finding(known: KnownFinding) -> Finding:
    """The finding as it was judged, without its exception: the caller marks those that hold today."""
    return Finding(
        code=known.code,
        slug=known.slug,
        severity=Severity(known.severity),
        message=known.message,
        fix=known.fix,
        basis=known.basis,
        place=Place(known.sheet, known.cell, known.field),
        label=known.label,
        shown=known.shown,
        expected=known.expected,
        working=known.working,
    )
