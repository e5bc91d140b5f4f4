"""Finding values in tables."""

from __future__ import annotations

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.search_lines import SearchLine, first_column, first_row, line_of
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _line(grid: Grid) -> SearchLine:
    """The values of a single row or column."""
    require(grid.rows == 1 or grid.columns == 1, ExcelError.NA)
    return line_of(grid)


def found(place: int | None) -> int:
    """A place that was found. Raises CellError (``#N/A``) for none."""
    if place is None:
        raise CellError(ExcelError.NA)
    return place


@function("MATCH(lookup_value:scalar, lookup_array:array, [match_type:number])")
def match(wanted: Scalar, grid: Grid, kind: float = 1.0) -> float:
    """The place of a value in a row or column: 0 exactly, 1 the last not above it, -1 the last not below it."""
    line = _line(grid)
    if kind == 0:
        return found(line.exact(wanted, wildcards=True)) + 1.0
    return found(line.halved(wanted, falling=kind < 0)) + 1.0


@function("INDEX(array:array, row_num:integer, [column_num:integer], [area_num:integer=])", array=True)
def index(grid: Grid, row: int, column: int | None = None, area: int = 1) -> Scalar | Grid:
    """The value at a row and a column; with 0 the whole column or row."""
    require(area == 1, ExcelError.VALUE if area < 1 else ExcelError.REF)
    row, column = index_place(grid.rows, grid.columns, row, column)
    if row and column:
        return grid.at(row - 1, column - 1)
    if column:
        return Grid(grid.rows, 1, grid.column(column - 1))
    if row:
        return Grid(1, grid.columns, grid.row(row - 1))
    return grid


def index_place(rows: int, columns: int, row: int, column: int | None) -> tuple[int, int]:
    """Row and column that INDEX means; a single number runs along a single row."""
    if column is None:
        row, column = (1, row) if rows == 1 and columns > 1 else (row, 0 if columns > 1 else 1)
    require(row >= 0 and column >= 0)
    require(row <= rows and column <= columns, ExcelError.REF)
    return row, column


@function("VLOOKUP(lookup_value:scalar, table_array:array, col_index_num:integer, [range_lookup:logical])")
def vlookup(wanted: Scalar, table: Grid, column: int, approximate: bool = True) -> Scalar:
    """Finds a value in the first column and gives another column of its row."""
    place = _place(wanted, first_column(table), approximate=approximate)
    require(column >= 1)
    require(column <= table.columns, ExcelError.REF)
    return table.at(place, column - 1)


@function("HLOOKUP(lookup_value:scalar, table_array:array, row_index_num:integer, [range_lookup:logical])")
def hlookup(wanted: Scalar, table: Grid, row: int, approximate: bool = True) -> Scalar:
    """Finds a value in the first row and gives another row of its column."""
    place = _place(wanted, first_row(table), approximate=approximate)
    require(row >= 1)
    require(row <= table.rows, ExcelError.REF)
    return table.at(row - 1, place)


def _place(wanted: Scalar, line: SearchLine, *, approximate: bool) -> int:
    return found(line.halved(wanted) if approximate else line.exact(wanted, wildcards=True))


@function("LOOKUP(lookup_value:scalar, lookup_vector:array, [result_vector:array])")
def lookup(wanted: Scalar, grid: Grid, results: Grid | None = None) -> Scalar:
    """Finds the last value not above the wanted one in a sorted row or column and gives its partner."""
    wide = grid.columns > grid.rows
    place = found((first_row(grid) if wide else first_column(grid)).halved(wanted))
    if results is None:
        return grid.at(grid.rows - 1, place) if wide else grid.at(place, grid.columns - 1)
    require(results.rows == 1 or results.columns == 1, ExcelError.NA)
    return results.at(0, place) if results.columns > 1 else results.at(place, 0)
