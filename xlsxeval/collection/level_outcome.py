"""Outcome of a collection for lower levels' exports, read from the ledger: equal however often it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from xlsxeval.collection.arrivals import Arrival
from xlsxeval.collection.lower_levels import CONFLICT, LevelState, findings_of, judged, level_states
from xlsxeval.collection.result import HandedUp
from xlsxeval.forms.campaign import Campaign
from xlsxeval.ledger import FileState
from xlsxeval.levels import read_standing

if TYPE_CHECKING:
    from xlsxeval.ledger import LevelExport, Queries, Receipt

NO_LEVEL = "not-a-level"
"""Code for an export that is set aside because the campaign no longer lists its level."""


def handed_up(
    r: Queries, campaign: Campaign, arrivals: Sequence[Arrival], fresh: Collection[tuple[str, str]]
) -> Iterator[HandedUp]:
    """Every export in the inboxes; ``fresh`` are the keys of those that came with this run."""
    receipts = {(one.sha256, one.source): one for one in r.receipts()}
    firsts = {one.sha256: one.receipt for one in r.exports()}
    known, states = judged(r), {state.level.code: state for state in level_states(r, campaign)}
    for arrival in arrivals:
        export, receipt = known[arrival.sha256], receipts[arrival.key]
        state = states.get(export.level)
        new = arrival.key in fresh
        if not export.taken:
            yield HandedUp(FileState.SET_ASIDE, receipt, new, code=export.code, message=export.message)
        elif state is None:
            message = f"任务的 levels 里没有下级 {export.level} {export.name} 了"
            yield HandedUp(FileState.SET_ASIDE, receipt, new, code=NO_LEVEL, message=message)
        else:
            yield _taken(export, receipt, state, new=new, first=firsts[export.sha256] == receipt.id)


def _taken(export: LevelExport, receipt: Receipt, state: LevelState, *, new: bool, first: bool) -> HandedUp:
    stands, message = _stands(export, state, first=first)
    standing = read_standing(export.standing)
    counts = stands in (FileState.CURRENT, FileState.CONFLICT)
    found = tuple(findings_of(export)) if counts else ()
    return HandedUp(
        stands,
        receipt,
        new,
        export.level,
        state.level.name,
        export.made,
        standing.total,
        standing.proven,
        found,
        message=message,
    )


def _stands(export: LevelExport, state: LevelState, *, first: bool) -> tuple[FileState, str | None]:
    if not first:
        return FileState.DUPLICATE, None
    if export.sha256 in {one.sha256 for one in state.conflict}:
        return FileState.CONFLICT, CONFLICT
    if state.current is not None and state.current.sha256 == export.sha256:
        return FileState.CURRENT, None
    return FileState.SUPERSEDED, "这个下级另有后来做的上报包"
