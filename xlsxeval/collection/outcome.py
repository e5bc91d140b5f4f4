"""What a collection came to, read from the ledger: the same however often it runs and wherever it was interrupted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from xlsxeval.board.strays import named_unit
from xlsxeval.collection.arrivals import Arrival, Gathered
from xlsxeval.collection.level_outcome import handed_up
from xlsxeval.collection.lower_levels import level_states
from xlsxeval.collection.result import CollectResult, Conflict, Filed, FileState, MissingForms
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.placing import part_names
from xlsxeval.ledger import Decision, DecisionKind, Queries, Receipt, SubmissionRecord, UnitPart
from xlsxeval.model import Severity


def collected(
    r: Queries,
    campaign: Campaign,
    edition: Edition,
    gathered: Gathered,
    fresh: Collection[tuple[str, str]],
    *,
    clock_back: bool,
    judged_again: int = 0,
) -> CollectResult:
    """Where everything stands; ``fresh`` are the keys of what this run decided."""
    current, open_conflicts = r.current_submissions(), r.open_conflicts()
    book = _Book(r, current, open_conflicts)
    filed = [book.file(one, new=one.key in fresh) for one in gathered.arrivals if not one.is_parcel]
    on_roster = {unit.code for unit in campaign.units}
    came = _came([*((slot, [one]) for slot, one in current.items()), *open_conflicts.items()], r.held())
    missing = [one for unit in campaign.units if (one := _missing(campaign, edition, unit, came.get(unit.code, set())))]
    complete = {unit.code for unit in campaign.units} - {one.unit for one in missing}
    files = [replace(one, settled=book.is_settled(one, campaign.units, complete)) for one in filed]
    counting: dict[str, set[str | None]] = {}
    for code, part in current:
        counting.setdefault(code, set()).add(part)
    return CollectResult(
        campaign=campaign.id,
        units={unit.code: unit.name for unit in campaign.units},
        files=tuple(files),
        unread=gathered.unread,
        conflicts=tuple(
            book.conflict(slot, found)
            for slot, found in sorted(open_conflicts.items(), key=_by_slot)
            if slot[0] in on_roster
        ),
        both=tuple(sorted(code for code, parts in counting.items() if None in parts and len(parts) > 1)),
        missing=tuple(missing),
        complete=len(campaign.units) - len(missing),
        clock_back=clock_back,
        exports=tuple(handed_up(r, campaign, gathered.exports, fresh)),
        levels=tuple(level_states(r, campaign)),
        judged_again=judged_again,
    )


class _Book:
    """The ledger's events, looked up by what they are about."""

    def __init__(
        self,
        r: Queries,
        current: Mapping[UnitPart, SubmissionRecord],
        conflicts: Mapping[UnitPart, Iterable[SubmissionRecord]],
    ) -> None:
        self.r = r
        self.receipts = {one.id: one for one in r.receipts()}
        self.by_key = {(one.sha256, one.source): one for one in self.receipts.values()}
        self.submissions = {one.id: one for one in r.submissions()}
        self.by_receipt = {one.receipt: one for one in self.submissions.values()}
        self.judged = {one.submission: one for one in r.judgements()}
        self.of_receipt: dict[int, Decision] = {}
        self.last: dict[int, Decision] = {}
        for decision in r.decisions():
            if decision.receipt is not None:
                self.of_receipt[decision.receipt] = decision
            elif decision.submission is not None:
                self.last[decision.submission] = decision
        self.current = {one.id for one in current.values()}
        self.in_conflict = {one.id for found in conflicts.values() for one in found}
        self.latest: dict[str | None, int] = {}
        """By unit, the last receipt of what counts."""
        for submission in current.values():
            self.latest[submission.unit] = max(submission.receipt, self.latest.get(submission.unit, 0))

    def file(self, arrival: Arrival, *, new: bool) -> Filed:
        receipt = self.by_key[arrival.key]
        submission = self.by_receipt.get(receipt.id)
        if submission is not None:
            return self._submitted(self._state(submission), receipt, submission, self.last.get(submission.id), new=new)
        decision = self.of_receipt[receipt.id]
        if decision.submission is not None:
            return self._submitted(
                FileState.DUPLICATE, receipt, self.submissions[decision.submission], decision, new=new
            )
        return Filed(
            FileState.SET_ASIDE, receipt, new, decision.unit or None, code=decision.code, message=decision.message
        )

    def is_settled(self, one: Filed, units: Sequence[Unit], complete: Collection[str]) -> bool:
        """Whether nothing is left to do about what was set aside: its unit has sent all that it owes, and after it."""
        code = one.unit or named_unit(one.receipt.name, units)
        return one.state is FileState.SET_ASIDE and code in complete and self.latest.get(code, 0) > one.receipt.id

    def conflict(self, slot: UnitPart, submissions: Iterable[SubmissionRecord]) -> Conflict:
        found = sorted(submissions, key=lambda one: one.id)
        messages = [self.last[one.id].message or "" for one in found if self.last[one.id].kind is DecisionKind.CONFLICT]
        files = tuple(self.receipts[one.receipt] for one in found)
        return Conflict(slot[0], slot[1], files, "；".join(dict.fromkeys(filter(None, messages))))

    def _state(self, submission: SubmissionRecord) -> FileState:
        if submission.id in self.current:
            return FileState.CURRENT
        if submission.id in self.in_conflict:
            return FileState.CONFLICT
        last = self.last.get(submission.id)
        return FileState.SET_ASIDE if last is not None and last.kind is DecisionKind.SET_ASIDE else FileState.SUPERSEDED

    def _submitted(
        self, state: FileState, receipt: Receipt, submission: SubmissionRecord, decision: Decision | None, *, new: bool
    ) -> Filed:
        counted = state in (FileState.CURRENT, FileState.CONFLICT)
        found = [one for one in self.r.findings(submission.id) if one.waived_by is None] if counted else []
        judged = self.judged.get(submission.id)
        return Filed(
            state,
            receipt,
            new,
            submission.unit,
            submission.part,
            submission.version,
            judged.status if judged else None,
            sum(one.severity == Severity.ERROR for one in found),
            len(found),
            decision.code if decision else None,
            decision.message if decision else None,
        )


def _by_slot(item: tuple[UnitPart, object]) -> tuple[str, str]:
    return item[0][0], item[0][1] or ""


def _came(
    standing: Iterable[tuple[UnitPart, Iterable[SubmissionRecord]]], held: Mapping[int, frozenset[str] | None]
) -> dict[str, set[str | None]]:
    """By unit, the worksheets that came; None stands for all, where nobody knows what a whole workbook holds."""
    found: dict[str, set[str | None]] = {}
    for (code, part), submissions in standing:
        for one in submissions:
            found.setdefault(code, set()).update({part} if part else held.get(one.id) or {None})
    return found


def _missing(campaign: Campaign, edition: Edition, unit: Unit, came: set[str | None]) -> MissingForms | None:
    if not came:
        return MissingForms(unit.code)
    if None in came:
        return None
    absent = [part for part in part_names(campaign, unit, edition) if part not in came]
    return MissingForms(unit.code, tuple(absent)) if absent else None
