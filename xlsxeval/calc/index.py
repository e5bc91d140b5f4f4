"""Which formulas stand in an area: what decides the order of computing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from xlsxeval.calc.storage import Cells, Storage, is_large
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
        self._columns: dict[str, dict[int, list[tuple[int, int]]]] = {}
        self._areas: dict[Area, int] = {}
        self._numbered: list[Area] = []
        for formula in formulas:
            sheet, row, column = formula.address
            rows, columns = formula.spill or (1, 1)
            for down in range(rows):
                for right in range(columns):
                    place = Address(sheet, row + down, column + right)
                    slot = storage.slot(place)
                    if slot not in self.by_slot or not (down or right):
                        self._owners[slot] = formula.slot
                        lines = self._columns.setdefault(sheet, {}).setdefault(place.column, [])
                        lines.append((place.row, formula.slot))
        for columns_of_sheet in self._columns.values():
            for lines in columns_of_sheet.values():
                lines.sort()

    def precedents(self, slot: int) -> Iterator[int]:
        """The slots of the formulas that a formula reads; some may come twice."""
        for area in self.by_slot[slot].areas:
            yield from self.inside(area)

    def joined(self, node: int) -> Iterator[int]:
        """What ``precedents`` gives, with a negative number in place of all formulas of a large area.

        A node of its own for each area keeps the number of edges down: a thousand formulas that read a column of a
        thousand have two thousand edges, not a million. Given such a number, the formulas inside.
        """
        if node < 0:
            yield from self.inside(self._numbered[-node - 1])
            return
        for area in self.by_slot[node].areas:
            if not is_large(area):
                yield from self.inside(area)
                continue
            if area not in self._areas:
                self._numbered.append(area)
                self._areas[area] = -len(self._numbered)
            yield self._areas[area]

    def owner(self, slot: int) -> int:
        """The slot of the formula that fills a slot."""
        return self._owners.get(slot, slot)

    def inside(self, area: Area) -> Iterator[int]:
        """The slots of the formulas in an area: column by column, those between its first row and its last."""
        sheet, first_row, first_column, last_row, last_column = area
        if first_row == last_row and first_column == last_column:
            slot = self._storage.find(Address(sheet, first_row, first_column))
            if slot in self._owners:
                yield self._owners[slot]
            return
        columns = self._columns.get(sheet, {})
        few = last_column - first_column + 1 <= len(columns)
        for column in range(first_column, last_column + 1) if few else sorted(columns):
            lines = columns.get(column)
            if lines is None or not first_column <= column <= last_column:
                continue
            for place in range(bisect_left(lines, (first_row, -1)), len(lines)):
                row, owner = lines[place]
                if row > last_row:
                    break
                yield owner
