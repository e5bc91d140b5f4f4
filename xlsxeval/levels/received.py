"""An export beside what was read again from its workbooks: what rules hold against each other, and the sums as proven."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from xlsxeval.levels.export import Export, ExportedProject, ExportedUnit, Lower
from xlsxeval.levels.figures import LevelTotals, totals_of
from xlsxeval.levels.package import Refused


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose workbook a file is by its seal."""

    campaign: str
    code: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Reread:
    """A unit's figures read again from its workbooks. ``owners`` follow its files, ``fault`` says why there are no figures."""

    owners: tuple[Owner | None, ...]
    amounts: dict[str, Decimal] = field(default_factory=dict)
    projects: tuple[ExportedProject, ...] = ()
    money: tuple[Decimal | None, ...] = ()
    fault: str | None = None


@dataclass(frozen=True)
class Received:
    """One level's export. ``path`` names it from the top: 某某市 › 某某县; ``rereads`` are by the units' codes.

    ``units_expected`` is how many units the campaign says that it has; ``earlier`` what this level handed up before;
    ``elsewhere`` tells of units that count in another place already, by code and name; ``edition_digest`` is that of
    the edition by which the workbooks were read, None where it is not known here; ``came`` is when the export was
    received first.
    """

    path: str
    export: Export
    rereads: Mapping[str, Reread] = field(default_factory=dict)
    lower: tuple[tuple[Lower, Received | Refused | None], ...] = ()
    units_expected: int | None = None
    earlier: Export | None = None
    elsewhere: Mapping[tuple[str, str], str] = field(default_factory=dict)
    edition_digest: str | None = None
    came: dt.datetime | None = None

    @property
    def levels(self) -> Sequence[Received]:
        """The levels below that were proven."""
        return [one for _, one in self.lower if isinstance(one, Received)]

    def walk(self) -> Iterator[Received]:
        """This level and all below it."""
        yield self
        for one in self.levels:
            yield from one.walk()

    @cached_property
    def units(self) -> Sequence[ExportedUnit]:
        """The units with the figures that count: those of the workbooks where they could be read, else those stated.

        What has no workbook, and what comes from another unit's, does not count.
        """
        return [self._proven(unit) for unit in self.export.units]

    @property
    def proven(self) -> int:
        """How many units' figures were read again from their workbooks."""
        return sum(unit.code in self._readable for unit in self.export.units)

    @cached_property
    def own(self) -> LevelTotals:
        """What this level's own units come to, without those that count in another place."""
        return totals_of([unit for unit in self.units if (unit.code, unit.name) not in self.elsewhere])

    @cached_property
    def total(self) -> LevelTotals:
        """The totals of this level and of all levels below it."""
        return sum((one.total for one in self.levels), self.own)

    @cached_property
    def everything(self) -> LevelTotals:
        """All units of this level and of those below, also those that count in another place."""
        return sum((one.everything for one in self.levels), totals_of(self.units))

    def _is_anothers(self, unit: ExportedUnit) -> bool:
        """Whether a workbook that is listed for the unit is another's by its seal."""
        reread = self.rereads.get(unit.code)
        owners = () if reread is None else reread.owners
        own = (self.export.campaign, unit.code)
        return any(owner is not None and (owner.campaign, owner.code) != own for owner in owners)

    @cached_property
    def _readable(self) -> Mapping[str, Reread]:
        return {code: reread for code, reread in self.rereads.items() if reread.fault is None}

    def _proven(self, unit: ExportedUnit) -> ExportedUnit:
        if not unit.files or self._is_anothers(unit):
            return replace(unit, amounts={}, projects=(), money=())
        reread = self._readable.get(unit.code)
        if reread is None:
            return unit
        return replace(unit, amounts=reread.amounts, projects=reread.projects, money=reread.money)
