"""Variances, means of other kinds, and lines through points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from xlsxeval.calc.functions.arguments import Item, number_pairs, numbers, numbers_with_text, require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import ExcelError, Grid


def _squares(values: Sequence[float]) -> float:
    """The sum of squared distances from the mean."""
    mean = math_sum(values) / len(values)
    return math_sum((value - mean) ** 2 for value in values)


def _variance(source: Iterable[float], *, sample: bool) -> float:
    values = list(source)
    require(len(values) > sample, ExcelError.DIV0)
    return finite(_squares(values) / (len(values) - sample))


def _family(names: Sequence[str], summary: str, *, sample: bool, root: bool = False, with_text: bool = False) -> None:
    """Registers a variance or deviation under its old and new names."""

    def body(*items: Item) -> float:
        variance = _variance(numbers_with_text(items) if with_text else numbers(items), sample=sample)
        return math.sqrt(variance) if root else variance

    body.__doc__ = summary
    for name in names:
        function(f"{name}({{number:values}}...)")(body)


_family(("VAR", "VAR.S"), "The variance of a sample.", sample=True)
_family(("VARP", "VAR.P"), "The variance of a whole population.", sample=False)
_family(("STDEV", "STDEV.S"), "The standard deviation of a sample.", sample=True, root=True)
_family(("STDEVP", "STDEV.P"), "The standard deviation of a whole population.", sample=False, root=True)
_family(("STDEVA",), "The standard deviation of a sample; texts count as 0.", sample=True, root=True, with_text=True)
_family(("VARA",), "The variance of a sample; texts count as 0.", sample=True, with_text=True)


@function("DEVSQ({number:values}...)")
def devsq(*items: Item) -> float:
    """The sum of squared distances from the mean."""
    values = list(numbers(items))
    require(bool(values), ExcelError.NUM)
    return _squares(values)


@function("AVEDEV({number:values}...)")
def avedev(*items: Item) -> float:
    """The mean distance from the mean."""
    values = list(numbers(items))
    require(bool(values), ExcelError.NUM)
    mean = math_sum(values) / len(values)
    return math_sum(abs(value - mean) for value in values) / len(values)


def _positive(items: Iterable[Item]) -> list[float]:
    values = list(numbers(items))
    require(bool(values) and min(values) > 0, ExcelError.NUM)
    return values


@function("GEOMEAN({number:values}...)")
def geomean(*items: Item) -> float:
    """The geometric mean of positive numbers."""
    values = _positive(items)
    return math.exp(math_sum(math.log(value) for value in values) / len(values))


@function("HARMEAN({number:values}...)")
def harmean(*items: Item) -> float:
    """The harmonic mean of positive numbers."""
    values = _positive(items)
    return len(values) / math_sum(1 / value for value in values)


def _moments(ys: Grid, xs: Grid) -> tuple[float, float, float, float, float]:
    """Means of x and y, and the sums of products around them: xx, yy, xy."""
    pairs = number_pairs(xs, ys)
    require(bool(pairs), ExcelError.DIV0)
    mean_x = math_sum(x for x, _ in pairs) / len(pairs)
    mean_y = math_sum(y for _, y in pairs) / len(pairs)
    xx = math_sum((x - mean_x) ** 2 for x, _ in pairs)
    yy = math_sum((y - mean_y) ** 2 for _, y in pairs)
    xy = math_sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return mean_x, mean_y, xx, yy, xy


@function("CORREL(array1:array, array2:array)")
def correl(xs: Grid, ys: Grid) -> float:
    """The correlation of two arrays."""
    _, _, xx, yy, xy = _moments(ys, xs)
    require(xx > 0 and yy > 0, ExcelError.DIV0)
    return xy / math.sqrt(xx * yy)


@function("SLOPE(known_ys:array, known_xs:array)")
def slope(ys: Grid, xs: Grid) -> float:
    """The slope of the line through points."""
    _, _, xx, _, xy = _moments(ys, xs)
    require(xx > 0, ExcelError.DIV0)
    return xy / xx


@function("INTERCEPT(known_ys:array, known_xs:array)")
def intercept(ys: Grid, xs: Grid) -> float:
    """Where the line through points crosses the y axis."""
    mean_x, mean_y, xx, _, xy = _moments(ys, xs)
    require(xx > 0, ExcelError.DIV0)
    return mean_y - xy / xx * mean_x


@function("FORECAST(x:number, known_ys:array, known_xs:array)")
def forecast(x: float, ys: Grid, xs: Grid) -> float:
    """The value at x of the line through points."""
    return intercept(ys, xs) + slope(ys, xs) * x


@function("RSQ(known_ys:array, known_xs:array)")
def rsq(ys: Grid, xs: Grid) -> float:
    """The square of the correlation."""
    return correl(xs, ys) ** 2
