"""A blank form as it is printed: areas (merged or single cells) in a rectangle, and their widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from xlsxeval.importing.texts import is_amount, is_dash, is_filler
from xlsxeval.intake.cells import Box
from xlsxeval.model import column_letters

Spot = tuple[int, int]
"""Row and column on the worksheet, or in the table of a document, from 1."""


class Content(Enum):
    """What an area of a blank form holds."""

    EMPTY = "empty"
    FILLER = "stands for something to be typed"
    DASH = "nothing is typed here"
    VALUE = "a figure"
    FORMULA = "formula"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class BlankArea:
    """One cell or one merged rectangle. ``text`` is what is printed, ``formula`` has no sign ``=``."""

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
    def content(self) -> Content:
        """What it holds. Texts that are amounts count as figures."""
        if self.formula:
            return Content.FORMULA
        if not self.text:
            return Content.EMPTY
        if self.number is not None or is_amount(self.text):
            return Content.VALUE
        if is_dash(self.text):
            return Content.DASH
        return Content.FILLER if is_filler(self.text) else Content.LABEL

    @property
    def is_label(self) -> bool:
        return self.content is Content.LABEL

    @property
    def is_open(self) -> bool:
        """Whether something is to be typed into it as far as its own content tells."""
        return self.content in (Content.EMPTY, Content.FILLER)

    @property
    def spot(self) -> Spot:
        """The first cell."""
        return self.row, self.column

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1

    def covers(self, other: BlankArea) -> bool:
        """Whether it is as wide as another area or wider, on both sides."""
        return self.column <= other.column and self.last_column >= other.last_column


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """One form. ``owner`` knows the area of every cell of the rectangle; ``heights`` are in points where set.

    ``notes`` say, in Chinese, what was wrong in the file and how it was read all the same.
    """

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    owner: Mapping[Spot, BlankArea]
    widths: tuple[float, ...]
    heights: Mapping[int, float]
    landscape: bool
    notes: tuple[str, ...] = ()

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

    def crossing(self, row: int) -> tuple[BlankArea, ...]:
        """The areas that a row goes through, from left to right."""
        return tuple(dict.fromkeys(self.owner[row, column] for column in self.columns))

    def below(self, area: BlankArea) -> BlankArea | None:
        return self.owner.get((area.last_row + 1, area.column))

    def right(self, area: BlankArea) -> BlankArea | None:
        return self.owner.get((area.row, area.last_column + 1))

    def full_width(self, area: BlankArea) -> bool:
        """Whether an area goes from the first column to the last, in a form of several columns."""
        return area.column == self.first_column and area.last_column == self.last_column and area.columns > 1


def a1_of(box: Box) -> str:
    """``B2:D4``; ``B2`` where it is one cell."""
    first, last = (f"{column_letters(column)}{row}" for row, column in (box[:2], box[2:]))
    return first if first == last else f"{first}:{last}"
