"""Arrays taken apart and put together: chosen rows and columns, other shapes, texts of arrays."""

from __future__ import annotations

from xlsxeval.calc.coercion import to_integer
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.functions.text import limited
from xlsxeval.calc.numbers import number_to_text
from xlsxeval.calc.values import MAX_LINES, ExcelError, Grid, Scalar, grid_of_lines


def _chosen(length: int, grids: tuple[Grid, ...]) -> list[int]:
    """Places counted from 1, or from the end for negative numbers."""
    places = [to_integer(value) for grid in grids for value in grid.flat()]
    require(all(1 <= abs(place) <= length for place in places))
    return [place - 1 if place > 0 else length + place for place in places]


@function("CHOOSECOLS(array:array, {col_num:array}...)", array=True)
def choosecols(grid: Grid, *columns: Grid) -> Grid:
    """Columns of an array by their numbers."""
    places = _chosen(grid.columns, columns)
    require(grid.rows * len(places) <= MAX_LINES, ExcelError.NUM)
    return grid_of_lines([[grid.at(row, place) for place in places] for row in range(grid.rows)])


@function("CHOOSEROWS(array:array, {row_num:array}...)", array=True)
def chooserows(grid: Grid, *rows: Grid) -> Grid:
    """Rows of an array by their numbers."""
    places = _chosen(grid.rows, rows)
    require(grid.columns * len(places) <= MAX_LINES, ExcelError.NUM)
    return grid_of_lines([grid.row(place) for place in places])


@function("EXPAND(array:array, [rows:scalar], [columns:scalar], [pad_with:any=])", array=True)
def expand(grid: Grid, rows: Scalar = None, columns: Scalar = None, pad: Scalar = ExcelError.NA) -> Grid:
    """An array made larger."""
    height = grid.rows if rows is None else to_integer(rows)
    width = grid.columns if columns is None else to_integer(columns)
    require(height >= grid.rows and width >= grid.columns)
    require(height * width <= MAX_LINES, ExcelError.NUM)
    lines = [line + [pad] * (width - grid.columns) for line in grid.lines()]
    return grid_of_lines([*lines, *[[pad] * width] * (height - grid.rows)])


def _wrapped(grid: Grid, count: int, pad: Scalar) -> list[list[Scalar]]:
    require(grid.rows == 1 or grid.columns == 1)
    require(count >= 1, ExcelError.NUM)
    values = list(grid.flat())
    require(len(values) <= MAX_LINES, ExcelError.NUM)
    count = min(count, max(len(values), 1))
    lines = [values[start : start + count] for start in range(0, len(values), count)]
    lines[-1] += [pad] * (count - len(lines[-1]))
    return lines


@function("WRAPROWS(vector:array, wrap_count:integer, [pad_with:any=])", array=True)
def wraprows(grid: Grid, count: int, pad: Scalar = ExcelError.NA) -> Grid:
    """A row or column cut into rows of a length."""
    return grid_of_lines(_wrapped(grid, count, pad))


@function("WRAPCOLS(vector:array, wrap_count:integer, [pad_with:any=])", array=True)
def wrapcols(grid: Grid, count: int, pad: Scalar = ExcelError.NA) -> Grid:
    """A row or column cut into columns of a length."""
    return grid_of_lines([list(line) for line in zip(*_wrapped(grid, count, pad), strict=True)])


def _shown(value: Scalar, strict: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        doubled = value.replace('"', '""')
        return f'"{doubled}"' if strict else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value.value if isinstance(value, ExcelError) else number_to_text(value)


@function("VALUETOTEXT(value:any, [format:integer=])")
def valuetotext(value: Scalar, form: int = 0) -> str:
    """A value as text; with 1 as it would stand in a formula."""
    require(form in (0, 1))
    return _shown(value, form == 1)


@function("ARRAYTOTEXT(array:array, [format:integer=])")
def arraytotext(grid: Grid, form: int = 0) -> str:
    """The values of an array as text; with 1 as an array constant."""
    require(form in (0, 1))
    lines = [[_shown(value, form == 1) for value in line] for line in grid.lines()]
    if form == 1:
        return limited("{" + ";".join(",".join(line) for line in lines) + "}")
    return limited(", ".join(piece for line in lines for piece in line))
