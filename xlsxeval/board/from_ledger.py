"""The state as the ledger has it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlsxeval.board.assembly import TOLD_OTHERWISE, Desk, assemble
from xlsxeval.board.state import CampaignState, ReceivedFile, ReceivedPart, RecordedFinding, SetAside
from xlsxeval.board.strays import named_unit
from xlsxeval.model import Finding, Place, Severity
from xlsxeval.rules.verdict import Subject, Verdict
from xlsxeval.rules.waivers import Waived, apply_waivers

if TYPE_CHECKING:
    from xlsxeval.ledger import KnownFinding, Queries, SubmissionRecord


def from_ledger(
    desk: Desk,
    ledger: Queries,
    waived: Sequence[Waived],
    zone: dt.tzinfo | None = None,
    uncollected: int = 0,
    gone: Collection[int] = (),
) -> CampaignState:
    """The state of the campaign after all that the ledger knows.

    ``waived`` are the exceptions that count today: they may be younger than the last judgement. Days are those of
    ``zone``, None being the machine's. ``gone`` are the receipts whose files no longer lie where they came from.
    """
    reader = _Reader(ledger, waived, zone)
    versions = Counter(one.unit for one in reader.submissions.values())
    aside = reader.set_aside()
    state = assemble(desk, "ledger", reader.slots(), versions, aside.values(), uncollected)
    complete = {unit.code for unit in state.units if unit.came and not unit.missing}
    done = {number for number, one in aside.items() if number in gone or reader.is_settled(number, one, desk, complete)}
    told = [replace(one, settled=number in done) for number, one in aside.items()]
    return replace(state, set_aside=(*told, *state.set_aside[len(told) :]))


class _Reader:
    def __init__(self, ledger: Queries, waived: Sequence[Waived], zone: dt.tzinfo | None) -> None:
        self.ledger = ledger
        self.waived = waived
        self.zone = zone
        self.submissions = {one.id: one for one in ledger.submissions()}
        self.receipts = {one.id: one for one in ledger.receipts()}
        self.standings = ledger.standings()
        self.held = ledger.held()
        self.aside = [one for one in ledger.decisions() if one.kind == "set_aside"]
        self.days = self._first_days()

    def slots(self) -> Iterator[ReceivedPart]:
        firsts = self._first_of_slots()
        for (unit, part), standing in self.standings.items():
            current = None if standing.current is None else self.submissions[standing.current]
            conflict = tuple(self._file(self.submissions[one]) for one in standing.conflict)
            if current is None and not conflict:
                continue
            file = None if current is None else self._file(current)
            items = () if current is None else self._items(current)
            numbers = [number for number in (standing.current, *standing.conflict) if number is not None]
            yield ReceivedPart(unit, part, file, conflict, firsts.get((unit, part)), items, self._holds(numbers))

    def set_aside(self) -> dict[int, SetAside]:
        """What counts for nobody, by its receipt, with the last reason.

        A submission may have been taken back in, and a file that was nobody's may have become a unit's since.
        """
        standing, placed = self._standing, {one.receipt for one in self.submissions.values()}
        found: dict[int, SetAside] = {}
        for decision in self.aside:
            number = decision.receipt
            if decision.submission is not None:
                number = None if decision.submission in standing else self.submissions[decision.submission].receipt
            elif number in placed:
                number = None
            if number is not None:
                reason = decision.message or ""
                receipt, code = self.receipts[number], decision.code or ""
                found[number] = SetAside(receipt.name, code, reason, decision.unit or None, source=receipt.source)
        return found

    def is_settled(self, number: int, one: SetAside, desk: Desk, complete: Collection[str]) -> bool:
        """Whether another file lies in its place now, or its unit has sent all that it owes, and something after it."""
        source = self.receipts[number].source
        if any(other.source == source and other.id > number for other in self.receipts.values()):
            return True
        code = one.unit or named_unit(one.name, desk.campaign.units)
        return code in complete and self._last_that_counts.get(code, 0) > number

    @cached_property
    def _last_that_counts(self) -> Mapping[str | None, int]:
        """By unit, the last receipt of what counts or waits for a choice."""
        found: dict[str | None, int] = {}
        for submission in self.submissions.values():
            if submission.id in self._standing:
                found[submission.unit] = max(submission.receipt, found.get(submission.unit, 0))
        return found

    @cached_property
    def _standing(self) -> set[int | None]:
        """The submissions that count or are in conflict."""
        return {number for one in self.standings.values() for number in (one.current, *one.conflict)} - {None}

    def _first_of_slots(self) -> dict[tuple[str, str | None], dt.date]:
        """The day on which any version of a unit's part first came; what was set aside does not count."""
        out = {one.submission for one in self.aside} - self._standing
        firsts: dict[tuple[str, str | None], dt.date] = {}
        for one in self.submissions.values():
            if one.id not in out:
                slot, day = (one.unit, one.part), self.days[one.sha256]
                firsts[slot] = min(day, firsts.get(slot, day))
        return firsts

    def _file(self, submission: SubmissionRecord) -> ReceivedFile:
        receipt, day = self.receipts[submission.receipt], self.days[submission.sha256]
        return ReceivedFile(receipt.name, submission.sha256, day, submission.version, receipt.source)

    def _holds(self, submissions: Sequence[int]) -> frozenset[str] | None:
        """The worksheets that at least one of them holds; None where nobody knows of one."""
        held = [self.held.get(number) for number in submissions]
        return frozenset[str]().union(*filter(None, held)) if all(held) else None

    def _items(self, submission: SubmissionRecord) -> tuple[RecordedFinding, ...]:
        known = [one for one in self.ledger.findings(submission.id) if one.code not in TOLD_OTHERWISE]
        subject = Subject(submission.unit, "", self.ledger.campaign, "", (), submission.part, "")
        verdict = Verdict("", submission.sha256, subject, tuple(map(_finding, known)))
        marked = apply_waivers(verdict, self.waived).findings
        return tuple(RecordedFinding(finding, one.fingerprint) for finding, one in zip(marked, known, strict=True))

    def _first_days(self) -> dict[str, dt.date]:
        """The day on which each content first came: what is known of its arrival, else when it was collected."""
        acted = {action.id: action.at for action in self.ledger.actions()}
        days: dict[str, dt.date] = {}
        for receipt in self.receipts.values():
            day = (receipt.received_at or acted[receipt.action]).astimezone(self.zone).date()
            days[receipt.sha256] = min(day, days.get(receipt.sha256, day))
        return days


def _finding(known: KnownFinding) -> Finding:
    """As it was judged, but for the exception: only those that count today are marked again."""
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
