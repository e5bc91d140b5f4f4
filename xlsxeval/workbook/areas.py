"""Cells put together into few rectangles, so that what holds for many of them is written once."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxeval.layout.layout import PlacedCell

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0 as XlsxWriter counts."""


def whole(cell: PlacedCell) -> Area:
    """A cell with all that is merged into it."""
    row, column = cell.address.row - 1, cell.address.column - 1
    return row, column, row + cell.rows - 1, column + cell.columns - 1


def corner(cell: PlacedCell) -> Area:
    """A cell alone; of a merged one the first."""
    row, column = cell.address.row - 1, cell.address.column - 1
    return row, column, row, column


def joined(areas: Iterable[Area]) -> list[Area]:
    """Joins rectangles into fewer with the same cells: first those one under the other, then columns of equal height."""
    runs: list[Area] = []
    for top, left, bottom, right in sorted(areas, key=lambda area: (area[1], area[3], area[0])):
        if runs and runs[-1][1:] == (left, top - 1, right):
            runs[-1] = (runs[-1][0], left, bottom, right)
        else:
            runs.append((top, left, bottom, right))
    found: list[Area] = []
    for top, left, bottom, right in sorted(runs, key=lambda area: (area[0], area[2], area[1])):
        if found and (found[-1][0], found[-1][2], found[-1][3]) == (top, bottom, left - 1):
            found[-1] = (top, found[-1][1], bottom, right)
        else:
            found.append((top, left, bottom, right))
    return found
