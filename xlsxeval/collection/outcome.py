"""Outcome of a collection, read from the ledger: equal however often it runs and wherever it was interrupted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.arrivals import Gathered
from xlsxeval.collection.level_outcome import handed_up
from xlsxeval.collection.lower_levels import level_states
from xlsxeval.collection.result import CollectResult, Conflict, Filed, MissingForms
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.ledger import CollectionStanding, DecisionKind, FileStanding, FileState, Queries
from xlsxeval.model import Severity


def collected(
    r: Queries,
    workspace: Workspace,
    gathered: Gathered,
    fresh: Collection[tuple[str, str]],
    *,
    clock_back: bool,
    judged_again: int = 0,
) -> CollectResult:
    """The standing of everything; ``fresh`` are the keys of the arrivals that this run decided on."""
    campaign, standing = workspace.campaign, standing_by_ledger(workspace, r)
    files = {(one.receipt.sha256, one.receipt.source): one for one in standing.files}
    status = {one.submission: one.status for one in r.judgements()}
    numbers = r.receipt_numbers()
    arrived = [one for one in gathered.arrivals if not one.is_parcel]
    return CollectResult(
        campaign=campaign.id,
        units={unit.code: unit.name for unit in campaign.units},
        files=tuple(
            replace(_filed(r, files[one.key], status, new=one.key in fresh), number=numbers[files[one.key].receipt.id])
            for one in arrived
        ),
        unread=gathered.unread,
        conflicts=tuple(_conflicts(r, standing)),
        both=tuple(sorted(code for code, unit in standing.units.items() if unit.is_doubled)),
        missing=tuple(
            MissingForms(code, unit.missing if unit.came else ())
            for code, unit in standing.units.items()
            if not unit.is_complete
        ),
        complete=sum(unit.is_complete for unit in standing.units.values()),
        clock_back=clock_back,
        exports=tuple(handed_up(r, campaign, gathered.exports, fresh)),
        levels=tuple(level_states(r, campaign)),
        judged_again=judged_again,
    )


def _filed(r: Queries, file: FileStanding, status: dict[int, str], *, new: bool) -> Filed:
    submission = file.submission
    if submission is None:
        return Filed(
            file.state,
            file.receipt,
            new,
            file.unit,
            code=file.code,
            message=file.message,
            settled=file.settled,
            companion=file.companion,
        )
    counted = file.state in (FileState.CURRENT, FileState.CONFLICT)
    found = [one for one in r.findings(submission.id) if one.waived_by is None] if counted else []
    return Filed(
        file.state,
        file.receipt,
        new,
        file.unit,
        file.part,
        submission.version,
        status.get(submission.id),
        sum(one.severity == Severity.ERROR for one in found),
        len(found),
        file.code,
        file.message,
        file.settled,
    )


def _conflicts(r: Queries, standing: CollectionStanding) -> Iterator[Conflict]:
    """Parts with several candidate files, by unit and part, each with the known differences between its files."""
    last = {one.submission: one for one in r.decisions() if one.receipt is None}
    firsts = {one.submission.id: one for one in standing.files if one.submission and one.is_first}
    for (code, part), slot in sorted(standing.slots.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        if slot.conflict:
            decisions = [last[number] for number in sorted(slot.conflict)]
            messages = [one.message or "" for one in decisions if one.kind is DecisionKind.CONFLICT]
            files = [firsts[number] for number in sorted(slot.conflict)]
            message = "；".join(dict.fromkeys(filter(None, messages)))
            numbers = tuple(one.submission.version for one in files if one.submission is not None)
            yield Conflict(code, part, tuple(one.receipt for one in files), message, numbers)
