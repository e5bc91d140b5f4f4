"""Where every received file and every unit of a campaign stands, by the events of its ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.unit_names import named_unit
from xlsxeval.layout.placing import part_names
from xlsxeval.layout.unit_standing import HeldSheets, UnitStanding, unit_standing
from xlsxeval.ledger.companions import PUT_AWAY, is_companion, place_of
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.records import Decision, DecisionKind, Receipt, ReviewState, SubmissionRecord
from xlsxeval.ledger.standings import PartStanding, UnitPart


class FileState(StrEnum):
    """Where a file that arrived stands now."""

    CURRENT = "current"
    CONFLICT = "conflict"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class FileStanding:
    """One received file. ``came`` is when it arrived, as far as that is known, else when it was recorded.

    ``unit`` is the code of the unit that the ledger knows as its own; None where it knows none. ``submission`` is the
    content as a version of that unit's, of a duplicate the one that came before. ``code`` and ``message`` say why it
    stands so. ``settled``: it was set aside, and nothing is left to do about it; ``companion``: because it is no table and
    lies beside a return.
    """

    receipt: Receipt
    came: dt.datetime
    state: FileState
    unit: str | None = None
    submission: SubmissionRecord | None = None
    code: str | None = None
    message: str | None = None
    settled: bool = False
    companion: bool = False

    @property
    def part(self) -> str | None:
        """The worksheet that it holds where that was sent out apart."""
        return None if self.submission is None else self.submission.part

    @property
    def is_first(self) -> bool:
        """Whether its content came with it for the first time."""
        return self.submission is not None and self.submission.receipt == self.receipt.id

    @property
    def is_aside(self) -> bool:
        """Whether it was set aside, settled or not."""
        return self.state is FileState.SET_ASIDE


@dataclass(frozen=True, slots=True)
class CollectionStanding:
    """Where a collection stands.

    ``files`` are all that arrived but parcels and lower levels' exports, in the order of their receipts. ``units`` are
    those of the roster by code. ``slots`` are what counts and what waits of their parts, by the ids of the submissions.
    ``versions`` is how many different contents came of each unit. ``sent_back`` are the units whose counting files the
    organiser sent back (退回), by their last review.
    """

    files: tuple[FileStanding, ...]
    units: Mapping[str, UnitStanding]
    slots: Mapping[UnitPart, PartStanding]
    versions: Mapping[str, int]
    sent_back: frozenset[str] = frozenset()

    @property
    def counting(self) -> list[FileStanding]:
        """The files that count, in the order of the units' codes."""
        found = [one for one in self.files if one.state is FileState.CURRENT]
        return sorted(found, key=lambda one: (one.unit or "", one.part or ""))

    @property
    def aside(self) -> list[FileStanding]:
        """The files that were set aside, also those about which nothing is left to do."""
        return [one for one in self.files if one.is_aside]

    @property
    def unsettled(self) -> list[FileStanding]:
        """The files that were set aside and somebody still has to see to."""
        return [one for one in self.aside if not one.settled]


def collection_standing(
    r: Queries, campaign: Campaign, edition: Edition, lies: Callable[[Receipt], bool] = lambda receipt: True
) -> CollectionStanding:
    """Where everything stands after all that the ledger knows.

    ``lies`` says whether a file that was set aside still lies where it came from. Raises DefinitionError where the names
    of the worksheets that a unit owes are not possible.
    """
    book = _Book(r, campaign, edition)
    files = [one for receipt in book.receipts if (one := book.file(receipt)) is not None]
    standing = CollectionStanding(
        files=tuple(book.seen_to(files, lies)),
        units=book.units,
        slots=book.slots,
        versions=Counter(one.unit for one in book.submissions.values()),
    )
    return replace(standing, sent_back=_sent_back(standing, r))


def _sent_back(standing: CollectionStanding, r: Queries) -> frozenset[str]:
    """Units whose last review sent back just the files that count now: a later file makes a unit pending again."""
    last = {review.unit: review for review in r.reviews()}
    counting: dict[str | None, list[str]] = {}
    for one in standing.counting if last else ():
        counting.setdefault(one.unit, []).append(one.receipt.sha256)
    return frozenset(
        unit
        for unit, review in last.items()
        if review.state is ReviewState.RETURNED and set(review.files.split()) == set(counting.get(unit, ()))
    )


class _Book:
    """The ledger's events, looked up by what they are about."""

    def __init__(self, r: Queries, campaign: Campaign, edition: Edition) -> None:
        self.campaign = campaign
        self.edition = edition
        self.receipts = r.receipts()
        self.moments = {action.id: action.at for action in r.actions()}
        self.submissions = {one.id: one for one in r.submissions()}
        self.by_receipt = {one.receipt: one for one in self.submissions.values()}
        self.held = r.held()
        self.of_receipt: dict[int, Decision] = {}
        self.of_submission: dict[int, Decision] = {}
        decisions = r.decisions()
        for decision in decisions:
            if decision.receipt is not None:
                self.of_receipt[decision.receipt] = decision
            elif decision.submission is not None:
                self.of_submission[decision.submission] = decision
        live = {slot: one for slot, one in r.standings().items() if one.submissions}
        self.slots = {slot: one for slot, one in live.items() if campaign.unit(slot[0]) is not None}
        self.strange = {number for slot, one in live.items() if slot not in self.slots for number in one.submissions}

    @cached_property
    def units(self) -> dict[str, UnitStanding]:
        """How far the units of the roster are."""
        files: dict[str, list[HeldSheets]] = {}
        undecided: dict[str, set[str | None]] = {}
        for (code, part), one in self.slots.items():
            files.setdefault(code, []).extend(HeldSheets(part, self.held.get(number)) for number in one.submissions)
            if one.conflict:
                undecided.setdefault(code, set()).add(part)
        return {
            unit.code: unit_standing(
                part_names(self.campaign, unit, self.edition), files.get(unit.code, ()), undecided.get(unit.code, ())
            )
            for unit in self.campaign.units
        }

    def file(self, receipt: Receipt) -> FileStanding | None:
        """Where a file stands; None for a parcel and for what a lower level handed up."""
        came = receipt.received_at or self.moments[receipt.action]
        submission = self.by_receipt.get(receipt.id)
        if submission is not None:
            state, decision = self._state(submission), self.of_submission.get(submission.id)
            code, message = (None, None) if decision is None else (decision.code, decision.message)
            if submission.id in self.strange:
                code, message = FaultCode.NOT_ON_ROSTER, "单位不在任务的名册里"
            return FileStanding(receipt, came, state, submission.unit, submission, code, message)
        decision = self.of_receipt.get(receipt.id)
        if decision is None:
            return None
        if decision.submission is None:
            unit = decision.unit or None
            return FileStanding(receipt, came, FileState.SET_ASIDE, unit, None, decision.code, decision.message)
        first = self.submissions[decision.submission]
        return FileStanding(receipt, came, FileState.DUPLICATE, first.unit, first, None, decision.message)

    def seen_to(self, files: Sequence[FileStanding], lies: Callable[[Receipt], bool]) -> Iterator[FileStanding]:
        """The files with what is left to do about them."""
        accepted = {place_of(one.receipt) for one in files if one.submission is not None and not one.is_aside}
        absent = [code for code, unit in self.units.items() if not unit.came]
        for one in files:
            beside = (
                one.is_aside
                and one.submission is None
                and is_companion(one.receipt, one.code, accepted, absent, self.campaign.units)
            )
            yield replace(one, settled=beside or self.is_settled(one, lies), companion=beside)

    def is_settled(self, file: FileStanding, lies: Callable[[Receipt], bool]) -> bool:
        """Whether nothing is left to do about what was set aside.

        So it is where a person put it away, or set it aside by choosing another, where its unit has sent all that it owes and something
        that counts after it, nothing of it waiting for a choice, and where the file was taken away or replaced.
        """
        if not file.is_aside:
            return False
        if file.code == PUT_AWAY:
            return True
        if file.submission is not None and self._chose_another(file.submission):
            return True
        code = file.unit or named_unit(file.receipt.name, self.campaign.units)
        unit = self.units.get(code or "")
        done = unit is not None and unit.is_settled and self._last_that_counts.get(code or "", 0) > file.receipt.id
        return done or not lies(file.receipt)

    def _state(self, submission: SubmissionRecord) -> FileState:
        if submission.id in self.strange:
            return FileState.SET_ASIDE
        slot = self.slots.get((submission.unit, submission.part), PartStanding())
        if submission.id in slot.submissions:
            counts = submission.id == slot.current and self.units[submission.unit].counts(submission.part)
            return FileState.CURRENT if counts else FileState.CONFLICT
        last = self.of_submission.get(submission.id)
        return FileState.SET_ASIDE if last is not None and last.kind is DecisionKind.SET_ASIDE else FileState.SUPERSEDED

    def _chose_another(self, submission: SubmissionRecord) -> bool:
        """Whether a person set it aside: the program says what its own decision rests on."""
        last = self.of_submission.get(submission.id)
        return last is not None and last.kind is DecisionKind.SET_ASIDE and last.under is None

    @cached_property
    def _last_that_counts(self) -> dict[str, int]:
        """By unit, the last receipt of what counts."""
        found: dict[str, int] = {}
        for (code, _), one in self.slots.items():
            if one.current is not None:
                found[code] = max(self.submissions[one.current].receipt, found.get(code, 0))
        return found
