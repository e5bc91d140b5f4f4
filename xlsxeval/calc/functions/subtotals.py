"""SUBTOTAL and AGGREGATE: what they leave out depends on where cells are, not only on what is in them."""

from __future__ import annotations

from typing import Final

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import TABLE, function
from xlsxeval.calc.places import Here
from xlsxeval.calc.values import PROBLEMS, Area, ExcelError, Grid, Reference, Scalar, error_of

_OF_VALUES: Final = (
    "AVERAGE", "COUNT", "COUNTA", "MAX", "MIN", "PRODUCT", "STDEV", "STDEVP", "SUM", "VAR", "VARP",
    "MEDIAN", "MODE.SNGL",
)  # fmt: skip
_OF_ORDER: Final = ("LARGE", "SMALL", "PERCENTILE.INC", "QUARTILE.INC", "PERCENTILE.EXC", "QUARTILE.EXC")


@function("SUBTOTAL(function_num:integer, {ref:areas}...)", here=True)
def subtotal(here: Here, kind: int, *references: Reference | Grid) -> Scalar:
    """One of eleven functions by number; from 101 on without rows hidden by hand; other subtotals never count.

    AVERAGE, COUNT, COUNTA, MAX, MIN, PRODUCT, STDEV, STDEVP, SUM, VAR, VARP. Rows that a filter hides never count.
    """
    number = kind - 100 if kind > 100 else kind
    require(1 <= number <= 11)
    grids = [_left(here, reference, hidden=kind > 100, nested=True) for reference in references]
    result: Scalar = TABLE[_OF_VALUES[number - 1]].body(*grids)
    return result


@function("AGGREGATE(function_num:integer, options:integer, ref:areas, {[k:areas]}...)", here=True)
def aggregate(here: Here, kind: int, options: int, first: Reference | Grid, *rest: Reference | Grid) -> Scalar | Grid:
    """One of nineteen functions by number, without hidden rows, errors or subtotals as an option says.

    Options: 1 hidden rows, 2 errors, 3 both, 0 neither; these leave out what SUBTOTAL and AGGREGATE give, 4 to 7 do not.
    """
    require(1 <= kind <= 19 and 0 <= options <= 7)
    hidden, errors, nested = bool(options & 1), bool(options & 2), options < 4

    def left(item: Reference | Grid) -> Grid:
        grid = item if isinstance(item, Grid) else _left(here, item, hidden=hidden, nested=nested)
        return _without_errors(grid) if errors else grid

    if kind <= len(_OF_VALUES):
        require(isinstance(first, Reference) and all(isinstance(item, Reference) for item in rest))
        result: Scalar = TABLE[_OF_VALUES[kind - 1]].body(*map(left, (first, *rest)))
        return result
    require(len(rest) == 1)
    body, values = TABLE[_OF_ORDER[kind - 14]].body, left(first)
    places = rest[0] if isinstance(rest[0], Grid) else here.run.grid(rest[0].single)
    found: list[Scalar] = []
    for place in places.flat():
        try:
            found.append(body(values, to_number(place)))
        except PROBLEMS as problem:
            found.append(error_of(problem))
    return found[0] if len(found) == 1 else Grid(places.rows, places.columns, found)


def _without_errors(grid: Grid) -> Grid:
    cells = [None if isinstance(value, ExcelError) else value for value in grid.cells]
    return Grid(grid.rows, grid.columns, cells, grid.width, None if isinstance(grid.fill, ExcelError) else grid.fill)


def _left(here: Here, reference: Reference | Grid, *, hidden: bool, nested: bool) -> Grid:
    """The cells that count, those left out as blanks. Rows that a filter hides never count."""
    if isinstance(reference, Grid):
        require(False)
    assert isinstance(reference, Reference)
    require(len({area.sheet for area in reference.areas}) == 1)
    grids = [_left_of_area(here, area, hidden=hidden, nested=nested) for area in reference.areas]
    if len(grids) == 1:
        return grids[0]
    values = [value for grid in grids for value in grid.values()]
    return Grid(len(values), 1, values)


def _left_of_area(here: Here, area: Area, *, hidden: bool, nested: bool) -> Grid:
    grid, world = here.run.grid(area), here.world
    rows = (world.hidden if hidden else world.filtered).get(area.sheet, frozenset())
    out = {row - area.first_row for row in rows if area.first_row <= row <= area.last_row}
    inner = [
        (row - area.first_row, column - area.first_column)
        for sheet, row, column in (world.subtotals if nested else ())
        if sheet == area.sheet
        and area.first_row <= row <= area.last_row
        and area.first_column <= column <= area.last_column
    ]
    if not out and not inner:
        return grid
    cells = list(grid.cells)
    for row in out:
        start = row * grid.width
        if start < len(cells):
            cells[start : start + grid.width] = [None] * grid.width
    for row, column in inner:
        if row * grid.width + column < len(cells) and column < grid.width:
            cells[row * grid.width + column] = None
    return Grid(grid.rows, grid.columns, cells, grid.width, grid.fill)
