"""What a collection came to, as values."""

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
    """One file of the inboxes. ``unit`` is its code; what is nobody's has none. ``new``: it came with this run.

    ``status``, ``errors`` and ``findings`` are of its judgement; ``message`` says why it stands as it does. ``settled``:
    it was set aside, and nothing is left to do about it.
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

    @property
    def counts(self) -> bool:
        """Whether it counts, or waits for a choice."""
        return self.state in (FileState.CURRENT, FileState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Files of one unit and part of which somebody must choose one; ``message`` tells how they differ."""

    unit: str
    part: str | None
    files: tuple[Receipt, ...]
    message: str


@dataclass(frozen=True, slots=True)
class MissingForms:
    """A unit of which nothing came (``parts`` is empty), or of which these worksheets did not."""

    unit: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedUp:
    """One export of a lower level. ``level`` is its code, None where nobody knows whose it is.

    ``totals`` are those with all levels below it, as they were proven; ``findings`` what is wrong with it.
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
        """How many of the findings are errors."""
        return sum(one["severity"] == Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True)
class CollectResult:
    """All that a run can tell. ``both`` are units of which a whole workbook came beside single parts: all of them wait.

    ``complete`` is how many units have returned all of their forms, conflicts aside; ``judged_again`` how many files
    this run judged anew, for what they are held against has changed.
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
        """Whether anything waits for a person. A unit that has not returned anything yet does not."""
        waiting = any(one.errors for one in self.files) or bool(self.unsettled)
        waiting = waiting or any(
            one.state in (FileState.SET_ASIDE, FileState.CONFLICT) or one.errors for one in self.exports
        )
        return bool(waiting or self.unread or self.conflicts or self.both)

    @property
    def unsettled(self) -> list[Filed]:
        """What was set aside and somebody still has to see to."""
        return [one for one in self.of(FileState.SET_ASIDE) if not one.settled]

    @property
    def brought_anything(self) -> bool:
        """Whether anything came with this run."""
        return any(one.new for one in self.files) or any(one.new for one in self.exports)

    def of(self, state: FileState) -> list[Filed]:
        """The files that stand so."""
        return [one for one in self.files if one.state is state]

    @property
    def told_apart(self) -> CollectResult:
        """The same without what is new only once: two runs between which nothing happened are alike."""
        files = tuple(replace(one, new=False) for one in self.files)
        exports = tuple(replace(one, new=False) for one in self.exports)
        return replace(self, files=files, exports=exports, judged_again=0)
