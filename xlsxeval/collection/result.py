"""The result of a collection, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlsxeval.collection.arrivals import Unread
from xlsxeval.collection.lower_levels import LevelState
from xlsxeval.ledger import FileState
from xlsxeval.levels import LevelTotals
from xlsxeval.model import Severity

if TYPE_CHECKING:
    from xlsxeval.ledger import Receipt


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of the inboxes. ``unit`` is its code, None where it is no unit's. ``new``: it came with this run.

    ``status``, ``errors`` and ``findings`` are of its judgement; ``message`` gives the reason for its state.
    ``settled``: it was set aside, and nothing is left to do about it; ``companion``: because it is no table and lies
    beside a return. ``number`` is the place of its receipt among all, by which a person names it.
    """

    state: FileState
    receipt: Receipt
    new: bool
    unit: str | None = None
    part: str | None = None
    version: int | None = None
    status: str | None = None
    errors: int = 0
    findings: int = 0
    code: str | None = None
    message: str | None = None
    settled: bool = False
    companion: bool = False
    number: int = 0

    @property
    def counts(self) -> bool:
        """Whether it counts, or waits for a choice."""
        return self.state in (FileState.CURRENT, FileState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Files of one unit and part between which a person must choose; ``message`` gives their differences.

    ``numbers`` are those of the files' versions, by which a person names one.
    """

    unit: str
    part: str | None
    files: tuple[Receipt, ...]
    message: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingForms:
    """A unit that returned nothing (``parts`` is empty), or has not returned these worksheets."""

    unit: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedUp:
    """An export of a lower level. ``level`` is its code, None where the level is not known.

    ``totals`` are verified and include all levels below it; ``findings`` are those on the export.
    """

    state: FileState
    receipt: Receipt
    new: bool
    level: str | None = None
    name: str = ""
    made: dt.datetime | None = None
    totals: LevelTotals | None = None
    proven: int = 0
    findings: tuple[Mapping[str, str | None], ...] = ()
    code: str | None = None
    message: str | None = None

    @property
    def errors(self) -> int:
        """Number of findings that are errors."""
        return sum(one["severity"] == Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True)
class CollectResult:
    """Complete result of a run. ``both`` are units with a whole workbook beside single parts: all of their files wait.

    ``complete`` is the number of units that have returned all of their forms, conflicts aside; ``judged_again`` the
    number of files that this run judged again because their basis has changed.
    """

    campaign: str
    units: Mapping[str, str]
    files: tuple[Filed, ...]
    unread: tuple[Unread, ...]
    conflicts: tuple[Conflict, ...]
    both: tuple[str, ...]
    missing: tuple[MissingForms, ...]
    complete: int
    clock_back: bool
    judged_again: int = 0
    exports: tuple[HandedUp, ...] = ()
    levels: tuple[LevelState, ...] = ()

    @property
    def needs_somebody(self) -> bool:
        """Whether anything waits for a person. A unit that has not returned anything yet does not count."""
        waiting = any(one.errors for one in self.files) or bool(self.unsettled)
        waiting = waiting or any(
            one.state in (FileState.SET_ASIDE, FileState.CONFLICT) or one.errors for one in self.exports
        )
        return bool(waiting or self.unread or self.conflicts or self.both)

    @property
    def unsettled(self) -> list[Filed]:
        """Files that were set aside and still need a person's attention."""
        return [one for one in self.of(FileState.SET_ASIDE) if not one.settled]

    @property
    def brought_anything(self) -> bool:
        """Whether anything came with this run."""
        return any(one.new for one in self.files) or any(one.new for one in self.exports)

    def of(self, state: FileState) -> list[Filed]:
        """Files in this state."""
        return [one for one in self.files if one.state is state]

    @property
    def told_apart(self) -> CollectResult:
        """The result without marks of what is new: equal for two runs between which nothing happened."""
        files = tuple(replace(one, new=False) for one in self.files)
        exports = tuple(replace(one, new=False) for one in self.exports)
        return replace(self, files=files, exports=exports, judged_again=0)
