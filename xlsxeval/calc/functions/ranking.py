"""Order statistics: the n-th largest, medians, percentiles, ranks, frequencies."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from xlsxeval.calc.functions.arguments import Item, numbers, require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.numbers import fifteen, same_number
from xlsxeval.calc.values import ExcelError, Grid, Scalar


def _sorted(grid: Grid) -> list[float]:
    """The numbers of an array in order. Raises CellError (``#NUM!``) when there are none."""
    values = _in_order(grid)
    require(bool(values), ExcelError.NUM)
    return values


def _in_order(grid: Grid) -> list[float]:
    return grid.kept("in order", lambda: sorted(numbers([grid])))


@function("LARGE(array:array, k:number)")
def large(grid: Grid, place: float) -> float:
    """The k-th largest number."""
    values = _sorted(grid)
    position = math.ceil(place)
    require(1 <= position <= len(values), ExcelError.NUM)
    return values[-position]


@function("SMALL(array:array, k:number)")
def small(grid: Grid, place: float) -> float:
    """The k-th smallest number."""
    values = _sorted(grid)
    position = math.ceil(place)
    require(1 <= position <= len(values), ExcelError.NUM)
    return values[position - 1]


@function("MEDIAN({number:values}...)")
def median(*items: Item) -> float:
    """The number in the middle, or the mean of the two there."""
    values = sorted(numbers(items))
    require(bool(values), ExcelError.NUM)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _mode(items: Sequence[Item]) -> float:
    counts = Counter(numbers(items))
    value, count = max(counts.items(), key=lambda item: item[1], default=(0.0, 0))
    require(count > 1, ExcelError.NA)
    return value


@function("MODE({number:values}...)")
def mode(*items: Item) -> float:
    """The number that occurs most often; #N/A if none does twice."""
    return _mode(items)


@function("MODE.SNGL({number:values}...)")
def mode_sngl(*items: Item) -> float:
    """The number that occurs most often; #N/A if none does twice."""
    return _mode(items)


def _rank(number: float, grid: Grid, order: float) -> tuple[int, int]:
    """The place of a number, and how many there are like it. Raises CellError (``#N/A``) if it is not there."""
    values = _in_order(grid)
    first = last = bisect_left(values, number)
    while first > 0 and same_number(values[first - 1], number):
        first -= 1
    while last < len(values) and same_number(values[last], number):
        last += 1
    alike = last - first
    require(alike > 0, ExcelError.NA)
    before = first if order else len(values) - last
    return before + 1, alike


@function("RANK(number:number, ref:range, [order:number])")
def rank(number: float, grid: Grid, order: float = 0.0) -> float:
    """The place of a number among others, the largest first; equal ones share the best place."""
    return float(_rank(number, grid, order)[0])


@function("RANK.EQ(number:number, ref:range, [order:number])")
def rank_eq(number: float, grid: Grid, order: float = 0.0) -> float:
    """The place of a number among others; equal ones share the best place."""
    return float(_rank(number, grid, order)[0])


@function("RANK.AVG(number:number, ref:range, [order:number])")
def rank_avg(number: float, grid: Grid, order: float = 0.0) -> float:
    """The place of a number among others; equal ones get the mean of their places."""
    place, alike = _rank(number, grid, order)
    return place + (alike - 1) / 2


def _percentile(grid: Grid, share: float, *, exclusive: bool = False) -> float:
    """The value below which a share of the numbers lies, between two neighbours by proportion."""
    values = _sorted(grid)
    count = len(values)
    position = fifteen(share * (count + 1) - 1 if exclusive else share * (count - 1))
    require(0 < share < 1 if exclusive else 0 <= share <= 1, ExcelError.NUM)
    require(0 <= position <= count - 1, ExcelError.NUM)
    below = math.floor(position)
    above = min(below + 1, count - 1)
    return values[below] + (position - below) * (values[above] - values[below])


@function("PERCENTILE(array:array, k:number)")
def percentile(grid: Grid, share: float) -> float:
    """The value below which a share of the numbers lies (ends included)."""
    return _percentile(grid, share)


@function("PERCENTILE.INC(array:array, k:number)")
def percentile_inc(grid: Grid, share: float) -> float:
    """The value below which a share of the numbers lies (ends included)."""
    return _percentile(grid, share)


@function("PERCENTILE.EXC(array:array, k:number)")
def percentile_exc(grid: Grid, share: float) -> float:
    """The value below which a share of the numbers lies (ends excluded)."""
    return _percentile(grid, share, exclusive=True)


@function("QUARTILE(array:array, quart:integer)")
def quartile(grid: Grid, quarter: int) -> float:
    """The value below which so many quarters of the numbers lie."""
    return _percentile(grid, quarter / 4)


@function("QUARTILE.INC(array:array, quart:integer)")
def quartile_inc(grid: Grid, quarter: int) -> float:
    """The value below which so many quarters of the numbers lie."""
    return _percentile(grid, quarter / 4)


@function("QUARTILE.EXC(array:array, quart:integer)")
def quartile_exc(grid: Grid, quarter: int) -> float:
    """The value below which so many quarters of the numbers lie (ends excluded)."""
    return _percentile(grid, quarter / 4, exclusive=True)


@function("PERCENTRANK(array:array, x:number, [significance:integer])")
def percentrank(grid: Grid, number: float, digits: int = 3) -> float:
    """Which share of the numbers lies below a value, cut to some digits."""
    return _percentrank(grid, number, digits)


@function("PERCENTRANK.INC(array:array, x:number, [significance:integer])")
def percentrank_inc(grid: Grid, number: float, digits: int = 3) -> float:
    """Which share of the numbers lies below a value, cut to some digits."""
    return _percentrank(grid, number, digits)


def _percentrank(grid: Grid, number: float, digits: int) -> float:
    values = _sorted(grid)
    require(digits >= 1, ExcelError.NUM)
    require(values[0] <= number <= values[-1], ExcelError.NA)
    if len(values) == 1:
        return 1.0
    place = float(bisect_left(values, number))
    if values[int(place)] != number:
        below, above = values[int(place) - 1], values[int(place)]
        place = place - 1 + (number - below) / (above - below)
    power = 10.0**digits
    return math.floor(fifteen(place / (len(values) - 1) * power)) / power


@function("FREQUENCY(data_array:array, bins_array:array)", array=True)
def frequency(data: Grid, bins: Grid) -> Grid:
    """How many numbers lie up to each bound, and above the last."""
    given = list(numbers([bins]))
    bounds = sorted(given)
    counts = [0.0] * (len(bounds) + 1)
    for value in numbers([data]):
        counts[bisect_left(bounds, value)] += 1
    taken: set[float] = set()
    placed: list[Scalar] = []
    for bound in given:  # in the places of their bounds; an equal one gets nothing
        placed.append(0.0 if bound in taken else counts[bisect_left(bounds, bound)])
        taken.add(bound)
    return Grid(len(counts), 1, [*placed, counts[-1]])


@function("TRIMMEAN(array:array, percent:number)")
def trimmean(grid: Grid, share: float) -> float:
    """The mean without a share of the numbers at both ends."""
    require(0 <= share < 1, ExcelError.NUM)
    values = _sorted(grid)
    cut = int(fifteen(len(values) * share) / 2)
    kept = values[cut : len(values) - cut]
    return math_sum(kept) / len(kept)
