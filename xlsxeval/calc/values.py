"""What a cell or a function can hold: numbers, texts, logical values, blanks, errors, and rectangles of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from xlsxeval.model import Address


class ExcelError(Enum):
    """An error value, by the text that a cell shows."""

    NULL = "#NULL!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NA = "#N/A"
    GETTING_DATA = "#GETTING_DATA"
    SPILL = "#SPILL!"
    CALC = "#CALC!"

    def __str__(self) -> str:
        return self.value


Scalar = float | str | bool | None | ExcelError
"""A cell's value. Numbers are float; None is a blank cell."""

MAX_TEXT = 32_767
"""The longest text that a cell can hold."""

MAX_ARRAY = 2_000_000
"""The most cells an array may have while it is computed; a larger one is ``#NUM!``."""

MAX_LINES = 200_000
"""The most cells that functions which move whole rows about (SORT, VSTACK) may write out; beyond is ``#NUM!``."""


class CellError(Exception):
    """Carries an error value up to where it becomes a value again: a cell, IFERROR, ISERROR, an item of an array."""

    def __init__(self, error: ExcelError) -> None:
        super().__init__(error.value)
        self.error = error


PROBLEMS = (CellError, ArithmeticError)
"""What computing may raise and is turned into an error value."""


def error_of(problem: CellError | ArithmeticError) -> ExcelError:
    """The error value for a problem: a number out of range is ``#NUM!``."""
    return problem.error if isinstance(problem, CellError) else ExcelError.NUM


Kept = TypeVar("Kept")


class Grid:
    """A rectangle of values, row by row.

    Only its upper left part, ``width`` columns wide, need be stored; every cell beyond is ``fill``, blank as
    a rule. So a whole column costs no more than its used part.
    """

    __slots__ = ("cells", "columns", "fill", "memory", "rows", "width")

    def __init__(
        self, rows: int, columns: int, cells: Sequence[Scalar], width: int | None = None, fill: Scalar = None
    ) -> None:
        self.rows = rows
        self.columns = columns
        self.cells = cells
        self.width = columns if width is None else width
        self.fill = fill
        self.memory: dict[str, Any] | None = None
        """What was made of the values once, for the ranges that many formulas of one run read; None for all others."""

    def kept(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What ``make`` gives, made once for a range that many formulas read."""
        if self.memory is None:
            return make()
        found: Kept | None = self.memory.get(key)
        if found is None:
            found = self.memory[key] = make()
        return found

    @property
    def size(self) -> int:
        """How many cells the rectangle has, those beyond the stored part included."""
        return self.rows * self.columns

    @property
    def height(self) -> int:
        """How many rows are stored."""
        return len(self.cells) // self.width if self.width else 0

    def at(self, row: int, column: int) -> Scalar:
        """The value at a row and a column counted from 0."""
        index = row * self.width + column
        return self.cells[index] if column < self.width and index < len(self.cells) else self.fill

    def row(self, row: int) -> list[Scalar]:
        """All values of one row."""
        start = row * self.width
        stored = list(self.cells[start : start + self.width])
        return stored + [self.fill] * (self.columns - len(stored))

    def column(self, column: int) -> list[Scalar]:
        """All values of one column."""
        stored = list(self.cells[column :: self.width]) if column < self.width else []
        return stored + [self.fill] * (self.rows - len(stored))

    def lines(self) -> list[list[Scalar]]:
        """The rows as lists. Raises CellError (``#NUM!``) for a rectangle too large to be written out."""
        if self.size > MAX_LINES:
            raise CellError(ExcelError.NUM)
        return [self.row(row) for row in range(self.rows)]

    def flat(self) -> Sequence[Scalar]:
        """All values, row by row. Raises CellError (``#NUM!``) when they are too many to be written out."""
        if len(self.cells) == self.size:
            return self.cells
        if self.size > MAX_ARRAY:
            raise CellError(ExcelError.NUM)
        if self.width == self.columns:
            return [*self.cells, *[self.fill] * (self.size - len(self.cells))]
        return [value for line in self.lines() for value in line]

    def values(self) -> Sequence[Scalar]:
        """All values, row by row; blanks beyond the stored part are left out."""
        return self.cells if self.fill is None else self.flat()


class References(Grid):
    """A rectangle of references: what INDIRECT and OFFSET give for arrays. Its cells are of type Reference, or errors."""

    __slots__ = ()


def grid_of_lines(lines: Sequence[Sequence[Scalar]]) -> Grid:
    """A grid from rows of equal length."""
    return Grid(len(lines), len(lines[0]), [value for line in lines for value in line])


def as_grid(value: Scalar | Grid) -> Grid:
    """The grid itself, or a single value as a grid of one cell."""
    return value if isinstance(value, Grid) else Grid(1, 1, (value,))


class Area(NamedTuple):
    """A rectangle on one worksheet: what a reference points to. Compares by place."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.last_row - self.first_row + 1

    @property
    def columns(self) -> int:
        """The number of columns."""
        return self.last_column - self.first_column + 1


def inside(address: Address, area: Area) -> bool:
    """Whether a cell lies in an area."""
    sheet, row, column = address
    return (
        sheet == area.sheet
        and area.first_row <= row <= area.last_row
        and area.first_column <= column <= area.last_column
    )


class Reference(NamedTuple):
    """What OFFSET, INDIRECT, a union or a range operator give: areas, not yet their values."""

    areas: tuple[Area, ...]

    @property
    def single(self) -> Area:
        """The only area. Raises CellError (``#VALUE!``) when there are several."""
        if len(self.areas) != 1:
            raise CellError(ExcelError.VALUE)
        return self.areas[0]
