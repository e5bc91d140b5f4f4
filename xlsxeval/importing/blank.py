"""A blank form as it stands on a worksheet: areas (merged or single cells) in a rectangle, and their widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsxeval.intake.cells import Box
from xlsxeval.model import column_letters

Spot = tuple[int, int]
"""Row and column on the worksheet, from 1."""


@dataclass(frozen=True, slots=True)
class BlankArea:
    """One cell or one merged rectangle. ``text`` is a printed label, ``formula`` has no sign ``=``."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    formula: str = ""
    number_format: str = "General"
    align: str = ""
    indent: int = 0
    number: float | None = None
    """The number where the label is one."""

    @property
    def empty(self) -> bool:
        """Whether nothing is printed or computed there."""
        return not self.text and not self.formula

    @property
    def spot(self) -> Spot:
        """Its first cell."""
        return self.row, self.column

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """One worksheet. ``owner`` knows the area of every cell of the rectangle; ``heights`` are in points where set."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    owner: Mapping[Spot, BlankArea]
    widths: tuple[float, ...]
    heights: Mapping[int, float]
    landscape: bool

    @property
    def rows(self) -> range:
        return range(self.first_row, self.last_row + 1)

    @property
    def columns(self) -> range:
        return range(self.first_column, self.last_column + 1)

    def areas(self, row: int) -> Iterator[BlankArea]:
        """The areas that begin in a row, from left to right."""
        for column in self.columns:
            area = self.owner[row, column]
            if area.spot == (row, column):
                yield area

    def full_width(self, area: BlankArea) -> bool:
        """Whether an area goes from the first column to the last, in a form of several columns."""
        return area.column == self.first_column and area.last_column == self.last_column and area.columns > 1


def a1_of(box: Box) -> str:
    """``B2:D4``; ``B2`` where it is one cell."""
    first, last = (f"{column_letters(column)}{row}" for row, column in (box[:2], box[2:]))
    return first if first == last else f"{first}:{last}"
