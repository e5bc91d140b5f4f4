"""Standings of lower levels by the ledger: the export that counts of each, and the lines in 汇总 and on the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.forms.campaign import Campaign, Level
from xlsxeval.levels import LevelStanding, read_standing
from xlsxeval.rollup import LowerLine
from xlsxeval.rollup.summary import Whose

if TYPE_CHECKING:
    from xlsxeval.ledger import LevelExport, Queries

ABSENT = "未上报"
CONFLICT = "同一时刻有两份不同的上报包，都没有算数；请这个下级重新上报"


@dataclass(frozen=True, slots=True)
class LevelState:
    """A lower level and its export that counts; None where nothing came, or several of one moment are in ``conflict``."""

    level: Level
    current: LevelExport | None
    conflict: tuple[LevelExport, ...] = ()

    @property
    def standing(self) -> LevelStanding | None:
        """The level's figures as they were verified; None where no export counts."""
        return None if self.current is None else read_standing(self.current.standing)

    @property
    def remark(self) -> str:
        """Reason in Chinese why no export counts; empty where one does."""
        return CONFLICT if self.conflict else ABSENT if self.current is None else ""


def lower_of(workspace: Workspace) -> tuple[LowerLine, ...]:
    """The lines of the levels that a campaign lists; none for one that lists none."""
    levels = workspace.campaign.levels
    if not levels:
        return ()
    if not workspace.has_ledger:
        return tuple(lower_lines([LevelState(level, None) for level in levels]))
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        return tuple(lower_lines(level_states(r, workspace.campaign)))


def judged(r: Queries) -> dict[str, LevelExport]:
    """Every received export with its last judgement, by SHA-256."""
    return {one.sha256: one for one in r.exports()}


def level_states(r: Queries, campaign: Campaign) -> list[LevelState]:
    """The levels in the campaign's order. The export that was made last counts, in whatever order they arrived.

    An export cannot have been made after it came: one that says so is ordered by the moment when it came.
    """
    came = {one.sha256: one.action for one in reversed(r.exports())}
    made = {
        one: min(one.made, r.actions(came[one.sha256])[0].at)
        for one in judged(r).values()
        if one.taken and one.made is not None
    }
    return [
        _state(level, {one: moment for one, moment in made.items() if one.level == level.code})
        for level in campaign.levels
    ]


def _state(level: Level, made: Mapping[LevelExport, dt.datetime]) -> LevelState:
    last = [one for one, moment in made.items() if moment == max(made.values())]
    if len(last) > 1:
        return LevelState(level, None, tuple(last))
    return LevelState(level, last[0] if last else None)


def lower_lines(states: Sequence[LevelState]) -> Iterator[LowerLine]:
    """Lines for each level, followed by those of the levels below it."""
    for state in states:
        whose, standing = Whose(state.level.code, state.level.name), state.standing
        if standing is None or state.current is None or state.current.made is None:
            yield LowerLine(whose, 1, None, remark=state.remark)
            continue
        found = len(findings_of(state.current))
        yield LowerLine(whose, 1, standing.total, state.current.made.astimezone().date(), standing.proven, found)
        for one in standing.below:
            made = one.made.astimezone().date() if one.made is not None else None
            own = Whose(one.code, one.name)
            yield LowerLine(own, one.depth + 1, one.total, made, one.proven, remark=one.remark)


def findings_of(export: LevelExport) -> list[dict[str, str | None]]:
    """Findings on an export, with place and advice, as the ledger keeps them."""
    import json

    found: list[dict[str, str | None]] = json.loads(export.findings)
    return found
