"""A workbook of tables before it is written: every cell with its content and look, and the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

MONEY, PERCENT, SCORE, COUNT, GENERAL = "#,##0.00_ ", "0.00%_ ", "0.00_ ", "0_ ", "General"
"""Number formats; ``_`` and a blank keep a figure off the border at its right."""

Role = Literal["title", "info", "heading", "data", "total", "figure", "error", "absent", "note", "short"]
Align = Literal["left", "center", "right"]
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, slots=True)
class PlannedFormula:
    """An Excel formula without its ``=``. No text of a unit ever goes into one."""

    text: str


Content = str | float | PlannedFormula | None


@dataclass(frozen=True, slots=True)
class PlannedLook:
    """How a cell looks."""

    role: Role = "data"
    number_format: str = GENERAL
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """What stands in a cell."""

    content: Content
    look: PlannedLook


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one row of figures: ``names`` and ``values`` are columns of cells on its own worksheet.

    Bars lie, columns stand; ``height`` is in pixels.
    """

    title: str
    shape: Literal["bars", "columns"]
    names: Box
    values: Box
    number_format: str
    place: tuple[int, int]
    height: int
    axis: str


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """One worksheet; rows and columns count from 1. ``header`` are the rows that every printed page repeats.

    A worksheet with charts is printed at a fixed scale, with page breaks above the rows ``breaks``: no chart is cut.
    """

    name: str
    cells: Mapping[tuple[int, int], PlannedCell]
    widths: Sequence[float]
    heights: Mapping[int, float]
    merges: Sequence[Box]
    header: tuple[int, int]
    frozen: tuple[int, int]
    filter: Box | None = None
    charts: Sequence[Chart] = field(default_factory=tuple)
    breaks: Sequence[int] = ()

    @property
    def last_row(self) -> int:
        """The last row with anything in it."""
        return max(row for row, _ in self.cells)
