"""Which formulas stand in an area: what decides the order of computing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from xlsxeval.calc.storage import Cells, Storage
from xlsxeval.calc.values import Area
from xlsxeval.model import Address


class CompiledFormula(NamedTuple):
    """A compiled formula: its slot, its closure, and the areas that it reads as far as known beforehand.

    ``spill`` is the size of an array formula's own area, None for any other formula.
    """

    address: Address
    slot: int
    run: Callable[[Cells], Any]
    areas: tuple[Area, ...]
    spill: tuple[int, int] | None


class FormulaIndex:
    """Finds formulas by place; a cell that an array formula fills belongs to that formula."""

    def __init__(self, storage: Storage, formulas: Sequence[CompiledFormula]) -> None:
        self.by_slot = {formula.slot: formula for formula in formulas}
        self._storage = storage
        self._owners: dict[int, int] = {}
        self._sheets: dict[str, list[tuple[int, int, int]]] = {}
        for formula in formulas:
            sheet, row, column = formula.address
            rows, columns = formula.spill or (1, 1)
            for down in range(rows):
                for right in range(columns):
                    place = Address(sheet, row + down, column + right)
                    slot = storage.slot(place)
                    if slot not in self.by_slot or not (down or right):
                        self._owners[slot] = formula.slot
                        self._sheets.setdefault(sheet, []).append((place.row, place.column, formula.slot))

    def precedents(self, slot: int) -> Iterator[int]:
        """The slots of the formulas that a formula reads; some may come twice."""
        for area in self.by_slot[slot].areas:
            yield from self.inside(area)

    def inside(self, area: Area) -> Iterator[int]:
        """The slots of the formulas in an area, found cell by cell or formula by formula, whichever are fewer."""
        sheet, first_row, first_column, last_row, last_column = area
        if first_row == last_row and first_column == last_column:
            slot = self._storage.find(Address(sheet, first_row, first_column))
            if slot in self._owners:
                yield self._owners[slot]
            return
        here = self._sheets.get(sheet, [])
        if area.rows * area.columns <= len(here):
            owners = self._owners
            yield from (owners[slot] for slot in self._storage.slots_in(area) if slot in owners)
            return
        for row, column, owner in here:
            if first_row <= row <= last_row and first_column <= column <= last_column:
                yield owner
