"""Where cells are: rows, columns, addresses, and references made while computing."""

from __future__ import annotations

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.lookup import index_place
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.places import Here
from xlsxeval.calc.values import Area, ExcelError, Grid, Reference, Scalar


def _counting(first: int, last: int, *, down: bool) -> Scalar | Grid:
    """One number, or a row or column of them."""
    if first == last:
        return float(first)
    require(last - first < 2_000_000, ExcelError.NUM)
    numbers = [float(number) for number in range(first, last + 1)]
    return Grid(len(numbers), 1, numbers) if down else Grid(1, len(numbers), numbers)


@function("ROW([reference:reference])", here=True, array=True)
def row(here: Here, reference: Reference | None = None) -> Scalar | Grid:
    """The row of a cell; of an area all its rows."""
    area = here.area if reference is None else reference.single
    return _counting(area.first_row, area.last_row, down=True)


@function("COLUMN([reference:reference])", here=True, array=True)
def column(here: Here, reference: Reference | None = None) -> Scalar | Grid:
    """The column of a cell; of an area all its columns."""
    area = here.area if reference is None else reference.single
    return _counting(area.first_column, area.last_column, down=False)


@function("ROWS(array:shape)")
def rows(grid: Grid) -> float:
    """The number of rows."""
    return float(grid.rows)


@function("COLUMNS(array:shape)")
def columns(grid: Grid) -> float:
    """The number of columns."""
    return float(grid.columns)


@function("AREAS(reference:reference)")
def areas(reference: Reference) -> float:
    """The number of areas in a reference."""
    return float(len(reference.areas))


@function("INDEX(reference:reference, row_num:integer, [column_num:integer])", reference=True, twin=True)
def index_reference(reference: Reference, row: int, column: int | None = None) -> Reference:
    """The cell at a row and a column, as a reference."""
    sheet, top, left, bottom, right = area = reference.single
    row, column = index_place(area.rows, area.columns, row, column)
    if row:
        top = bottom = top + row - 1
    if column:
        left = right = left + column - 1
    return Reference((Area(sheet, top, left, bottom, right),))
