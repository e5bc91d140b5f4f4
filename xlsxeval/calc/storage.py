"""Where values live while a program runs: one flat list, a dense block a worksheet, so that a column is a slice."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from xlsxeval.calc.values import Area, CellError, ExcelError, Grid, Scalar, inside
from xlsxeval.model import Address

DENSE_CELLS: Final = 4_000_000
"""The most cells that the dense blocks of all worksheets may have together; cells further out are kept one by one."""

LARGE_AREA: Final = 256
"""Areas of more cells are read once a run, and what is looked up in them is put in order once."""


def is_large(area: Area) -> bool:
    """Whether an area has more than ``LARGE_AREA`` cells."""
    return area.rows * area.columns > LARGE_AREA


PENDING: Final[Any] = object()
"""Stands in the slot of a formula that is not computed yet."""

Cells = list[Any]
"""The flat list: the Run itself in slot 0, then the blocks, then far cells and constants."""


class Pending(Exception):  # noqa: N818 - no error: it asks for another cell to be computed first
    """A reference known only while running points to a formula that is not computed yet."""

    def __init__(self, slot: int) -> None:
        super().__init__(slot)
        self.slot = slot


class Block:
    """The dense part of one worksheet: rows 1 to ``rows``, columns 1 to ``columns``, from slot ``base`` on."""

    __slots__ = ("base", "columns", "rows", "sheet")

    def __init__(self, sheet: str, base: int, rows: int, columns: int) -> None:
        self.sheet = sheet
        self.base = base
        self.rows = rows
        self.columns = columns

    def slices(self, area: Area) -> list[slice]:
        """The part of an area that lies in the block, as slices of the flat list: rows, or one column."""
        last_row, last_column = min(area.last_row, self.rows), min(area.last_column, self.columns)
        if area.first_row > last_row or area.first_column > last_column:
            return []
        width = last_column - area.first_column + 1
        first = self.base + (area.first_row - 1) * self.columns + area.first_column - 1
        height = last_row - area.first_row + 1
        if width == 1:
            return [slice(first, first + (height - 1) * self.columns + 1, self.columns)]
        if width == self.columns:
            return [slice(first, first + height * width)]
        return [slice(start, start + width) for start in range(first, first + height * self.columns, self.columns)]


class Storage:
    """Gives every cell its slot. Built once for a program, from the extent of what its formulas touch."""

    def __init__(self, sheets: Sequence[str], extents: Mapping[str, tuple[int, int]]) -> None:
        self.sheets = list(sheets)
        self.size = 1
        self.far: dict[Address, int] = {}
        self.blocks: dict[str, Block] = {}
        self.constants: dict[int, Scalar | Area] = {}
        self._known: dict[tuple[type, Scalar | Area], int] = {}
        self._getters: dict[int, itemgetter[Any]] = {}
        budget = DENSE_CELLS // max(1, len(extents))
        for sheet in self.sheets:
            rows, columns = extents.get(sheet, (0, 0))
            if rows * columns > budget:
                rows = min(rows, budget // min(columns, 16))
                columns = min(columns, budget // rows)
            self.blocks[sheet] = Block(sheet, self.size, rows, columns)
            self.size += rows * columns

    def slot(self, address: Address) -> int:
        """The slot of a cell; a cell outside the dense block gets one of its own."""
        found = self.find(address)
        if found is None:
            found = self.far[address] = self._append()
        return found

    def find(self, address: Address) -> int | None:
        """The slot of a cell, or None when no formula touches it."""
        sheet, row, column = address
        block = self.blocks.get(sheet)
        if block is not None and row <= block.rows and column <= block.columns:
            return block.base + (row - 1) * block.columns + column - 1
        return self.far.get(address)

    def constant(self, value: Scalar | Area) -> int:
        """A slot that holds a constant."""
        key = type(value), value
        if key not in self._known:
            self._known[key] = self._append()
            self.constants[self._known[key]] = value
        return self._known[key]

    def area(self, area: Area) -> int:
        """A slot that holds an area itself: of a large one the values are read once for all formulas of a run."""
        return self.constant(area)

    def getter(self, slot: int) -> itemgetter[Any]:
        """What reads a slot: one object, however many formulas read it."""
        getter = self._getters.get(slot)
        if getter is None:
            getter = self._getters[slot] = itemgetter(slot)
        return getter

    def _append(self) -> int:
        self.size += 1
        return self.size - 1

    def is_dense(self, area: Area) -> bool:
        """Whether all of an area's cells that can hold a value lie in the block."""
        block = self.blocks[area.sheet]
        return area.last_row <= block.rows and area.last_column <= block.columns

    def parts(self, area: Area) -> list[slice]:
        """The part of an area that lies in its worksheet's block, as slices of the flat list."""
        return self.blocks[area.sheet].slices(area)

    def stay(self) -> None:
        """Called where code is about to depend on its place, as the code of a single formula may."""

    def slots_in(self, area: Area) -> Iterator[int]:
        """The slots of an area's cells, block first."""
        for part in self.blocks[area.sheet].slices(area):
            yield from range(part.start, part.stop, part.step or 1)
        if self.far and not self.is_dense(area):
            yield from (slot for address, slot in self.far.items() if inside(address, area))


class Computation:
    """One computation: the cells, what lies outside the blocks, and the moment for NOW."""

    __slots__ = ("_kept_cells", "cells", "dice", "far", "kept", "now", "spilled", "storage", "variables")

    def __init__(
        self, storage: Storage, cells: Cells, far: Mapping[Address, int], now: datetime.datetime | None
    ) -> None:
        self.storage = storage
        self.cells = cells
        self.far = far
        self.now = now
        self.spilled: dict[Address, Scalar] = {}
        self.variables: dict[int, Any] = {}
        """The values of the names of LET and LAMBDA, while they are computed."""
        self.dice: random.Random | None = None
        self.kept: dict[Area, Grid] | None = None
        """The values of large areas that were read already; None while values may still change."""
        self._kept_cells = 0

    @property
    def chance(self) -> random.Random:
        """Numbers by chance, the same again for the same moment. Raises CellError (``#VALUE!``) when none was given."""
        if self.now is None:
            raise CellError(ExcelError.VALUE)
        if self.dice is None:
            self.dice = random.Random(self.now.isoformat())  # noqa: S311 - what RAND gives
        return self.dice

    def grid(self, area: Area) -> Grid:
        """The values of an area. Raises Pending when one of them is not computed yet."""
        if self.kept is not None and (known := self.kept.get(area)) is not None:
            return known
        grid = self._read(area)
        if self.kept is not None and is_large(area):
            self._keep(area, grid)
        return grid

    def _keep(self, area: Area, grid: Grid) -> None:
        """Notes the values of a large area for other formulas; nothing that they read changes any more."""
        self._kept_cells += len(grid.cells)
        if self._kept_cells > DENSE_CELLS and self.kept:
            self.kept.clear()
            self._kept_cells = len(grid.cells)
        grid.memory = {}
        if self.kept is not None:
            self.kept[area] = grid

    def _read(self, area: Area) -> Grid:
        block = self.storage.blocks.get(area.sheet)
        if block is None:
            raise CellError(ExcelError.REF)
        parts = block.slices(area)
        width = min(area.last_column, block.columns) - area.first_column + 1
        values = [value for part in parts for value in self.cells[part]]
        grid = Grid(area.rows, area.columns, values, max(width, 1))
        if self.far and not self.storage.is_dense(area):
            grid = self._with_far(grid, area)
        if PENDING in grid.cells:
            raise Pending(self._first_pending(area))
        return grid

    def _with_far(self, grid: Grid, area: Area) -> Grid:
        """The grid with the values that lie outside the block."""
        found = [(address, slot) for address, slot in self.far.items() if inside(address, area)]
        if not found:
            return grid
        height = max(grid.height, max(address.row for address, _ in found) - area.first_row + 1)
        width = max(grid.width, max(address.column for address, _ in found) - area.first_column + 1)
        if height * width > DENSE_CELLS:
            raise CellError(ExcelError.NUM)
        values: list[Any] = []
        for row in range(height):
            line = list(grid.cells[row * grid.width : (row + 1) * grid.width])
            values += line + [None] * (width - len(line))
        for address, slot in found:
            values[(address.row - area.first_row) * width + address.column - area.first_column] = self.cells[slot]
        return Grid(area.rows, area.columns, values, width)

    def _first_pending(self, area: Area) -> int:
        return next(slot for slot in self.storage.slots_in(area) if self.cells[slot] is PENDING)


def extents_of(areas: Iterable[Area]) -> dict[str, tuple[int, int]]:
    """The last row and column on each worksheet that any of the areas reaches."""
    extents: dict[str, tuple[int, int]] = {}
    for area in areas:
        rows, columns = extents.get(area.sheet, (0, 0))
        extents[area.sheet] = (max(rows, area.last_row), max(columns, area.last_column))
    return extents
