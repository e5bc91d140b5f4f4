"""Functions that give arrays: filtering, sorting, sequences, matrices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key

from xlsxeval.calc.coercion import to_logical, to_number
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import compare, finite
from xlsxeval.calc.values import MAX_ARRAY, ExcelError, Grid, Scalar, grid_of_lines

Line = Sequence[Scalar]


def _turned(lines: Sequence[Line]) -> list[list[Scalar]]:
    """Rows as columns."""
    return [list(line) for line in zip(*lines, strict=True)]


def _grid(lines: Sequence[Line], error: ExcelError = ExcelError.CALC) -> Grid:
    require(bool(lines) and bool(lines[0]), error)
    return grid_of_lines(lines)


@function("TRANSPOSE(array:array)", array=True)
def transpose(grid: Grid) -> Grid:
    """Rows as columns."""
    return _grid(_turned(grid.lines()))


@function("SEQUENCE([rows:integer=], [columns:integer=], [start:number=], [step:number=])", array=True)
def sequence(rows: int = 1, columns: int = 1, start: float = 1.0, step: float = 1.0) -> Grid:
    """Numbers that follow one another."""
    require(rows >= 0 and columns >= 0)
    require(rows > 0 and columns > 0, ExcelError.CALC)
    require(rows * columns <= MAX_ARRAY, ExcelError.NUM)
    return Grid(rows, columns, [start + step * place for place in range(rows * columns)])


@function("FILTER(array:array, include:array, [if_empty:any=])", array=True)
def filter_(grid: Grid, include: Grid, empty: Scalar = ExcelError.CALC) -> Scalar | Grid:
    """The rows or columns for which a condition is TRUE."""
    if include.columns == 1 and include.rows == grid.rows:
        if not include.fill:  # rows beyond what is stored are left out anyway
            grid = Grid(include.height, grid.columns, grid.cells[: include.height * grid.width], grid.width)
        flags = [to_logical(value) for value in (include.flat() if include.fill else include.cells)]
        lines = grid.lines()
        kept = [line for line, keep in zip(lines, flags, strict=True) if keep]
        return grid_of_lines(kept) if kept else empty
    require(include.rows == 1 and include.columns == grid.columns)
    flags = [to_logical(value) for value in include.flat()]
    kept = [line for line, keep in zip(_turned(grid.lines()), flags, strict=True) if keep]
    return grid_of_lines(_turned(kept)) if kept else empty


_ERRORS = tuple(ExcelError)
"""Errors in the order of ERROR.TYPE, by which they are sorted."""


def _order(a: Scalar, b: Scalar) -> int:
    """Numbers, texts, logical values, errors; blanks come last whichever way it goes."""
    if isinstance(a, ExcelError) or isinstance(b, ExcelError):
        a_rank, b_rank = (_ERRORS.index(x) + 1 if isinstance(x, ExcelError) else 0 for x in (a, b))
        return (a_rank > b_rank) - (a_rank < b_rank)
    return compare(a, b)


def _sorted(lines: Sequence[Line], keys: Sequence[tuple[Line, int]]) -> list[Line]:
    """Lines by several keys, each with 1 or -1 for its direction."""
    require(all(direction in (1, -1) for _, direction in keys))

    def by_keys(a: int, b: int) -> int:
        for values, direction in keys:
            blank = (values[a] is None) - (values[b] is None)
            order = blank or _order(values[a], values[b]) * direction
            if order:
                return order
        return a - b

    return [lines[place] for place in sorted(range(len(lines)), key=cmp_to_key(by_keys))]


@function("SORT(array:array, [sort_index:integer=], [sort_order:integer=], [by_col:logical=])", array=True)
def sort(grid: Grid, index: int = 1, direction: int = 1, by_column: bool = False) -> Grid:
    """An array in the order of one of its columns."""
    lines = _turned(grid.lines()) if by_column else grid.lines()
    require(1 <= index <= len(lines[0]))
    ordered = _sorted(lines, [([line[index - 1] for line in lines], direction)])
    return grid_of_lines(_turned(ordered) if by_column else ordered)


@function("SORTBY(array:array, {by_array:array, [sort_order:integer=]}...)", array=True)
def sortby(grid: Grid, *given: Grid | int) -> Grid:
    """An array in the order of others."""
    keys = [
        (key, given[place + 1] if place + 1 < len(given) else 1) for place, key in enumerate(given) if place % 2 == 0
    ]
    down = all(isinstance(key, Grid) and key.columns == 1 for key, _ in keys)
    pairs: list[tuple[Line, int]] = []
    for key, direction in keys:
        assert isinstance(key, Grid)
        assert not isinstance(direction, Grid)
        require(key.size == (grid.rows if down else grid.columns) and (down or key.rows == 1))
        pairs.append((key.flat(), 1 if direction is None else int(direction)))
    lines = _sorted(grid.lines() if down else _turned(grid.lines()), pairs)
    return grid_of_lines(lines if down else _turned(lines))


def _key(line: Line) -> tuple[object, ...]:
    """What makes lines equal: kinds count, case does not."""
    return tuple((type(value), value.casefold() if isinstance(value, str) else value) for value in line)


@function("UNIQUE(array:array, [by_col:logical=], [exactly_once:logical=])", array=True)
def unique(grid: Grid, by_column: bool = False, once: bool = False) -> Grid:
    """An array without repeated rows, or only the rows that occur once."""
    lines = _turned(grid.lines()) if by_column else grid.lines()
    counts: dict[tuple[object, ...], int] = {}
    first: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = _key(line)
        counts[key] = counts.get(key, 0) + 1
        first.setdefault(key, line)
    kept = [line for key, line in first.items() if counts[key] == 1 or not once]
    require(bool(kept), ExcelError.CALC)
    return grid_of_lines(_turned(kept) if by_column else kept)


def _matrix(grid: Grid) -> list[list[float]]:
    require(all(type(value) is float for value in grid.flat()))
    return [[to_number(value) for value in line] for line in grid.lines()]


@function("MMULT(array1:array, array2:array)", array=True)
def mmult(a: Grid, b: Grid) -> Grid:
    """The product of two matrices."""
    require(a.columns == b.rows)
    columns = list(zip(*_matrix(b), strict=True))
    lines = [
        [finite(math_sum(x * y for x, y in zip(row, column, strict=True))) for column in columns] for row in _matrix(a)
    ]
    return grid_of_lines(lines)


@function("MDETERM(array:array)")
def mdeterm(grid: Grid) -> float:
    """The determinant of a square matrix."""
    require(grid.rows == grid.columns and grid.rows <= 200)
    lines = _matrix(grid)
    result = 1.0
    for step in range(len(lines)):
        pivot = max(range(step, len(lines)), key=lambda row: abs(lines[row][step]))
        if lines[pivot][step] == 0:
            return 0.0
        if pivot != step:
            lines[step], lines[pivot] = lines[pivot], lines[step]
            result = -result
        result *= lines[step][step]
        for row in range(step + 1, len(lines)):
            share = lines[row][step] / lines[step][step]
            lines[row] = [x - share * y for x, y in zip(lines[row], lines[step], strict=True)]
    return finite(result)


@function("HSTACK({array:array}...)", array=True)
def hstack(*grids: Grid) -> Grid:
    """Arrays side by side; what is missing is #N/A."""
    height = max(grid.rows for grid in grids)
    columns = [line + [ExcelError.NA] * (height - len(line)) for grid in grids for line in _turned(grid.lines())]
    return _grid(_turned(columns))


@function("VSTACK({array:array}...)", array=True)
def vstack(*grids: Grid) -> Grid:
    """Arrays one below another; what is missing is #N/A."""
    width = max(grid.columns for grid in grids)
    return _grid([line + [ExcelError.NA] * (width - len(line)) for grid in grids for line in grid.lines()])


def _taken(length: int, count: Scalar) -> slice:
    """The lines from the start or, for a negative number, from the end."""
    if count is None:
        return slice(None)
    number = int(to_number(count))
    require(number != 0, ExcelError.CALC)
    return slice(0, number) if number > 0 else slice(max(length + number, 0), length)


@function("TAKE(array:array, rows:scalar, [columns:scalar])", array=True)
def take(grid: Grid, rows: Scalar, columns: Scalar = None) -> Grid:
    """The first rows and columns, or the last ones for negative numbers."""
    lines = grid.lines()[_taken(grid.rows, rows)]
    return _grid([line[_taken(grid.columns, columns)] for line in lines])


def _dropped(length: int, count: Scalar) -> slice:
    number = 0 if count is None else int(to_number(count))
    return slice(number, None) if number >= 0 else slice(0, max(length + number, 0))


@function("DROP(array:array, rows:scalar, [columns:scalar])", array=True)
def drop(grid: Grid, rows: Scalar, columns: Scalar = None) -> Grid:
    """An array without its first rows and columns, or the last ones for negative numbers."""
    lines = grid.lines()[_dropped(grid.rows, rows)]
    return _grid([line[_dropped(grid.columns, columns)] for line in lines])


@function("TOCOL(array:array, [ignore:integer=], [scan_by_column:logical=])", array=True)
def tocol(grid: Grid, ignore: int = 0, by_column: bool = False) -> Grid:
    """All values in one column; 1 leaves out blanks, 2 errors, 3 both."""
    kept = _scanned(grid, ignore, by_column)
    return _grid([[value] for value in kept])


@function("TOROW(array:array, [ignore:integer=], [scan_by_column:logical=])", array=True)
def torow(grid: Grid, ignore: int = 0, by_column: bool = False) -> Grid:
    """All values in one row; 1 leaves out blanks, 2 errors, 3 both."""
    return _grid([_scanned(grid, ignore, by_column)])


def _scanned(grid: Grid, ignore: int, by_column: bool) -> list[Scalar]:
    values = [value for line in _turned(grid.lines()) for value in line] if by_column else grid.flat()
    return [value for value in values if not _ignored(value, ignore)]


def _ignored(value: Scalar, ignore: int) -> bool:
    require(0 <= ignore <= 3)
    return (value is None and ignore in (1, 3)) or (isinstance(value, ExcelError) and ignore in (2, 3))
