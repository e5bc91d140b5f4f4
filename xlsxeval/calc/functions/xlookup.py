"""XLOOKUP and XMATCH: lookups with a choice of matching and of direction."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.calc.criteria import has_wildcards, text_test
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.lookup import exact_place, same_kind
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import compare
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _place(wanted: Scalar, values: Sequence[Scalar], mode: int, direction: int) -> int | None:
    """The place of a value, counted from 0: exactly, or the next smaller (-1) or larger (1), or by wildcards (2)."""
    require(mode in (-1, 0, 1, 2) and direction in (-2, -1, 1, 2))
    backwards = direction == -1
    ordered = list(values)[::-1] if backwards else values
    if wanted is None:
        place = next((index for index, value in enumerate(ordered) if value is None), None)
        place = exact_place(0.0, ordered) if place is None else place
    elif mode == 2 and isinstance(wanted, str) and has_wildcards(wanted):
        test = text_test(wanted)
        place = next((index for index, value in enumerate(ordered) if isinstance(value, str) and test(value)), None)
    else:
        place = exact_place(wanted, ordered, wildcards=False)
    if place is None and mode in (-1, 1):
        place = _nearest(wanted, ordered, larger=mode == 1)
    return len(ordered) - 1 - place if backwards and place is not None else place


def _nearest(wanted: Scalar, values: Sequence[Scalar], *, larger: bool) -> int | None:
    """The first place of the smallest value above the wanted one, or of the largest below it."""
    best: int | None = None
    for place, value in enumerate(values):
        if not same_kind(value, wanted) or (compare(value, wanted) > 0) is not larger:
            continue
        if best is None or ((compare(value, values[best]) < 0) is larger and compare(value, values[best]) != 0):
            best = place
    return best


@function("XMATCH(lookup_value:scalar, lookup_array:array, [match_mode:integer], [search_mode:integer])")
def xmatch(wanted: Scalar, grid: Grid, mode: int = 0, direction: int = 1) -> float:
    """The place of a value in a row or column."""
    require(grid.rows == 1 or grid.columns == 1)
    place = _place(wanted, grid.values(), mode, direction)
    if place is None:
        raise CellError(ExcelError.NA)
    return float(place + 1)


@function(
    "XLOOKUP(lookup_value:scalar, lookup_array:array, return_array:array, [if_not_found:any], [match_mode:integer],"
    " [search_mode:integer])",
    array=True,
)
def xlookup(
    wanted: Scalar,
    grid: Grid,
    results: Grid,
    missing: Scalar = ExcelError.NA,
    mode: int = 0,
    direction: int = 1,
) -> Scalar | Grid:
    """Finds a value in one row or column and gives what stands at its place in another."""
    require(grid.rows == 1 or grid.columns == 1)
    down = grid.columns == 1
    require(results.rows == grid.rows if down else results.columns == grid.columns)
    place = _place(wanted, grid.values(), mode, direction)
    if place is None:
        return ExcelError.NA if missing is None else missing
    found = results.row(place) if down else results.column(place)
    if len(found) == 1:
        return found[0]
    return Grid(1, len(found), found) if down else Grid(len(found), 1, found)
