"""Finding values in tables."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.calc.criteria import has_wildcards, text_test
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import compare
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def same_kind(a: Scalar, b: Scalar) -> bool:
    """Whether two values can be compared in a lookup: numbers with numbers, texts with texts."""
    return type(a) is type(b) and not isinstance(a, ExcelError)


def exact_place(wanted: Scalar, values: Sequence[Scalar], *, wildcards: bool = True) -> int | None:
    """The first place of a value, counted from 0."""
    if wanted is None:
        wanted = 0.0
    if isinstance(wanted, str):
        if wildcards and has_wildcards(wanted):
            test = text_test(wanted)
        else:
            folded = wanted.casefold()

            def test(value: str) -> bool:
                return value.casefold() == folded

        return next((place for place, value in enumerate(values) if isinstance(value, str) and test(value)), None)
    return next(
        (place for place, value in enumerate(values) if same_kind(value, wanted) and compare(value, wanted) == 0), None
    )


def descending_place(wanted: Scalar, values: Sequence[Scalar]) -> int | None:
    """The last place in falling values that is not below the wanted one; an equal one ends the search."""
    found: int | None = None
    for place, value in enumerate(values):
        if not same_kind(value, wanted):
            continue
        order = compare(value, wanted)
        if order < 0:
            break
        found = place
        if order == 0:
            break
    return found


def sorted_place(wanted: Scalar, values: Sequence[Scalar]) -> int | None:
    """The last place in sorted values that is not beyond the wanted one, by halving as Excel does.

    Values of another kind are stepped over.
    """
    if wanted is None:
        wanted = 0.0
    kept = [(place, value) for place, value in enumerate(values) if same_kind(value, wanted)]
    low, high = 0, len(kept)
    while low < high:
        middle = (low + high) // 2
        if compare(kept[middle][1], wanted) <= 0:
            low = middle + 1
        else:
            high = middle
    return kept[low - 1][0] if low else None


def _line(grid: Grid) -> Sequence[Scalar]:
    """The values of a single row or column."""
    require(grid.rows == 1 or grid.columns == 1, ExcelError.NA)
    return grid.values()


@function("MATCH(lookup_value:scalar, lookup_array:array, [match_type:number])")
def match(wanted: Scalar, grid: Grid, kind: float = 1.0) -> float:
    """The place of a value in a row or column: 0 exactly, 1 the last not above it, -1 the last not below it."""
    values = _line(grid)
    search = exact_place if kind == 0 else sorted_place if kind > 0 else descending_place
    place = search(wanted, values)
    if place is None:
        raise CellError(ExcelError.NA)
    return float(place + 1)


@function("INDEX(array:array, row_num:integer, [column_num:integer])", array=True)
def index(grid: Grid, row: int, column: int | None = None) -> Scalar | Grid:
    """The value at a row and a column; with 0 the whole column or row."""
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
    require(column >= 1)
    require(column <= table.columns, ExcelError.REF)
    place = _place(wanted, table.cells[:: table.width] if table.width else (), approximate=approximate)
    return table.at(place, column - 1)


@function("HLOOKUP(lookup_value:scalar, table_array:array, row_index_num:integer, [range_lookup:logical])")
def hlookup(wanted: Scalar, table: Grid, row: int, approximate: bool = True) -> Scalar:
    """Finds a value in the first row and gives another row of its column."""
    require(row >= 1)
    require(row <= table.rows, ExcelError.REF)
    return table.at(row - 1, _place(wanted, table.row(0), approximate=approximate))


def _place(wanted: Scalar, values: Sequence[Scalar], *, approximate: bool) -> int:
    place = sorted_place(wanted, values) if approximate else exact_place(wanted, values)
    if place is None:
        raise CellError(ExcelError.NA)
    return place


@function("LOOKUP(lookup_value:scalar, lookup_vector:array, [result_vector:array])")
def lookup(wanted: Scalar, grid: Grid, results: Grid | None = None) -> Scalar:
    """Finds the last value not above the wanted one in a sorted row or column and gives its partner."""
    wide = grid.columns > grid.rows
    place = _place(wanted, grid.row(0) if wide else grid.cells[:: grid.width], approximate=True)
    if results is None:
        return grid.at(grid.rows - 1, place) if wide else grid.at(place, grid.columns - 1)
    require(results.rows == 1 or results.columns == 1, ExcelError.NA)
    return results.at(0, place) if results.columns > 1 else results.at(place, 0)
