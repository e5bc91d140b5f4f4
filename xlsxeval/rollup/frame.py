"""Where the columns and lines of a table stand, so that formulas on any worksheet can name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxeval.calc import quote_sheet
from xlsxeval.model import column_letters
from xlsxeval.rollup.plan import GENERAL, Align


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """One column: ``group`` is a heading above it that neighbours may share."""

    key: str
    title: str
    width: float
    number_format: str = GENERAL
    align: Align = "left"
    group: str = ""


def number_column(key: str, title: str, width: float, number_format: str, group: str = "") -> FrameColumn:
    """A column of figures."""
    return FrameColumn(key, title, width, number_format, "right", group)


def word_column(key: str, title: str, width: float) -> FrameColumn:
    """A column of codes or short words, which stand in the middle."""
    return FrameColumn(key, title, width, GENERAL, "center")


@dataclass(frozen=True)
class TableFrame:
    """A table on its worksheet: ``head`` rows above it, headings, ``count`` lines, and a line of totals.

    An empty table has one empty line, so that no formula speaks of a range that goes backwards.
    """

    name: str
    columns: Sequence[FrameColumn]
    count: int
    head: int = 2

    @property
    def grouped(self) -> bool:
        """Whether the headings take two rows."""
        return any(column.group for column in self.columns)

    @property
    def heading(self) -> int:
        """The row of the columns' own headings."""
        return self.head + (2 if self.grouped else 1)

    @property
    def first(self) -> int:
        return self.heading + 1

    @property
    def last(self) -> int:
        return self.heading + max(self.count, 1)

    @property
    def total(self) -> int:
        """The row of totals."""
        return self.last + 1

    def has(self, key: str) -> bool:
        return any(column.key == key for column in self.columns)

    def number(self, key: str) -> int:
        """The column of that key, from 1. Raises KeyError where there is none."""
        for number, column in enumerate(self.columns, start=1):
            if column.key == key:
                return number
        raise KeyError(key)

    def at(self, key: str, row: int) -> str:
        """One cell on its own worksheet: ``F7``."""
        return f"{column_letters(self.number(key))}{row}"

    def lines(self, key: str) -> str:
        """All lines of a column on its own worksheet: ``$F$7:$F$36``."""
        letters = column_letters(self.number(key))
        return f"${letters}${self.first}:${letters}${self.last}"

    def outer_lines(self, key: str) -> str:
        """The range of a column's lines as a formula on another worksheet names it."""
        return f"{quote_sheet(self.name)}!{self.lines(key)}"

    def outer_at(self, key: str, row: int) -> str:
        """One cell as another worksheet names it."""
        return f"{quote_sheet(self.name)}!{self.at(key, row)}"
