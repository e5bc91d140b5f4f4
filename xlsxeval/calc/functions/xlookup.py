"""XLOOKUP and XMATCH: lookups with a choice of matching and of direction."""

from __future__ import annotations

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.lookup import found
from xlsxeval.calc.functions.regex import pattern_of
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.search_lines import SearchLine, key_of, line_of
from xlsxeval.calc.values import ExcelError, Grid, Scalar


def _place(wanted: Scalar, line: SearchLine, mode: int, direction: int) -> int | None:
    """The place of a value, counted from 0: exactly, the next smaller (-1) or larger (1), by wildcards (2), by a pattern (3)."""
    require(mode in (-1, 0, 1, 2, 3) and direction in (-2, -1, 1, 2))
    require(mode < 2 or abs(direction) == 1)
    if abs(direction) == 2:
        return _halved(wanted, line, mode, falling=direction == -2)
    backwards = direction == -1
    if mode == 3:
        if not isinstance(wanted, str):
            return None
        search = pattern_of(wanted).search
        return line.where(lambda value: isinstance(value, str) and search(value) is not None, backwards=backwards)
    if wanted is None:
        place = line.where(lambda value: value is None, backwards=backwards)
        place = line.exact(0.0, wildcards=False, backwards=backwards) if place is None else place
    else:
        place = line.exact(wanted, wildcards=mode == 2, backwards=backwards)
    if place is None and mode in (-1, 1):
        place = line.nearest(wanted, larger=mode == 1, backwards=backwards)
    return place


def _halved(wanted: Scalar, line: SearchLine, mode: int, *, falling: bool) -> int | None:
    """The place that a search by halving comes to, or the one next to it."""
    place = line.halved(wanted, falling=falling)
    if place is not None and key_of(line.values[place]) == key_of(0.0 if wanted is None else wanted):
        return place
    if mode == 0:
        return None
    if place is None:  # none of its kind: numbers come before texts
        return line.nearest(wanted, larger=mode == 1)
    if (mode == -1) is not falling:
        return place
    following = place + 1
    return following if following < len(line.values) and line.values[following] is not None else None


@function("XMATCH(lookup_value:scalar, lookup_array:array, [match_mode:integer=], [search_mode:integer=])")
def xmatch(wanted: Scalar, grid: Grid, mode: int = 0, direction: int = 1) -> float:
    """The place of a value in a row or column."""
    require(grid.rows == 1 or grid.columns == 1)
    return found(_place(wanted, line_of(grid), mode, direction)) + 1.0


@function(
    "XLOOKUP(lookup_value:scalar, lookup_array:array, return_array:array, [if_not_found:any=], [match_mode:integer=],"
    " [search_mode:integer=])",
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
    place = _place(wanted, line_of(grid), mode, direction)
    if place is None:
        return missing
    if (results.columns if down else results.rows) == 1:
        return results.at(place, 0) if down else results.at(0, place)
    line = results.row(place) if down else results.column(place)
    return Grid(1, len(line), line) if down else Grid(len(line), 1, line)
