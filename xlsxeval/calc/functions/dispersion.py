"""Shapes of distributions found in data, covariances, and tests of hypotheses."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from xlsxeval.calc.functions.arguments import Item, number_pairs, numbers, numbers_with_text, require
from xlsxeval.calc.functions.deviation import correl
from xlsxeval.calc.functions.distributions import normal_share
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.special import beta_below, gamma_above
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.values import ExcelError, Grid

DIV0 = ExcelError.DIV0


def _moment(values: Sequence[float], order: int) -> float:
    mean = math_sum(values) / len(values)
    return math_sum((value - mean) ** order for value in values)


@function("SKEW({number:values}...)")
def skew(*items: Item) -> float:
    """The skewness of a sample."""
    values = list(numbers(items))
    count = len(values)
    require(count > 2 and _moment(values, 2) > 0, DIV0)
    deviation = math.sqrt(_moment(values, 2) / (count - 1))
    return count / ((count - 1) * (count - 2)) * _moment(values, 3) / deviation**3


@function("SKEW.P({number:values}...)")
def skew_p(*items: Item) -> float:
    """The skewness of a whole population."""
    values = list(numbers(items))
    count = len(values)
    require(count > 2 and _moment(values, 2) > 0, DIV0)
    return _moment(values, 3) / count / math.pow(_moment(values, 2) / count, 1.5)


@function("KURT({number:values}...)")
def kurt(*items: Item) -> float:
    """The kurtosis of a sample."""
    values = list(numbers(items))
    n = len(values)
    require(n > 3 and _moment(values, 2) > 0, DIV0)
    variance = _moment(values, 2) / (n - 1)
    front = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3))
    return front * _moment(values, 4) / variance**2 - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))


def _with_text(names: str, summary: str, *, root: bool) -> None:
    def body(*items: Item) -> float:
        values = list(numbers_with_text(items))
        require(bool(values), DIV0)
        variance = _moment(values, 2) / len(values)
        return math.sqrt(variance) if root else variance

    body.__doc__ = summary
    function(f"{names}({{number:values}}...)")(body)


_with_text("VARPA", "The variance of a whole population; texts count as 0.", root=False)
_with_text("STDEVPA", "The standard deviation of a whole population; texts count as 0.", root=True)


def _covariance(xs: Grid, ys: Grid, less: int) -> float:
    pairs = number_pairs(xs, ys)
    require(len(pairs) > less, DIV0)
    mean_x = math_sum(x for x, _ in pairs) / len(pairs)
    mean_y = math_sum(y for _, y in pairs) / len(pairs)
    return math_sum((x - mean_x) * (y - mean_y) for x, y in pairs) / (len(pairs) - less)


@function("COVAR(array1:array, array2:array)")
def covar(xs: Grid, ys: Grid) -> float:
    """The covariance of two arrays."""
    return _covariance(xs, ys, 0)


@function("COVARIANCE.P(array1:array, array2:array)")
def covariance_p(xs: Grid, ys: Grid) -> float:
    """The covariance of two arrays as a whole population."""
    return _covariance(xs, ys, 0)


@function("COVARIANCE.S(array1:array, array2:array)")
def covariance_s(xs: Grid, ys: Grid) -> float:
    """The covariance of two arrays as a sample."""
    return _covariance(xs, ys, 1)


@function("PEARSON(array1:array, array2:array)")
def pearson(xs: Grid, ys: Grid) -> float:
    """The correlation of two arrays."""
    return correl(xs, ys)


@function("STEYX(known_ys:array, known_xs:array)")
def steyx(ys: Grid, xs: Grid) -> float:
    """The standard error of values on the line through points."""
    pairs = number_pairs(xs, ys)
    require(len(pairs) > 2, DIV0)
    mean_x = math_sum(x for x, _ in pairs) / len(pairs)
    mean_y = math_sum(y for _, y in pairs) / len(pairs)
    xx = math_sum((x - mean_x) ** 2 for x, _ in pairs)
    require(xx > 0, DIV0)
    xy = math_sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    yy = math_sum((y - mean_y) ** 2 for _, y in pairs)
    return math.sqrt(max(yy - xy * xy / xx, 0.0) / (len(pairs) - 2))


@function("STANDARDIZE(x:number, mean:number, standard_dev:number)")
def standardize(x: float, mean: float, deviation: float) -> float:
    """A number as distance from a mean in standard deviations."""
    require(deviation > 0, ExcelError.NUM)
    return (x - mean) / deviation


@function("PROB(x_range:array, prob_range:array, lower_limit:number, [upper_limit:number])")
def prob(xs: Grid, shares: Grid, low: float, high: float | None = None) -> float:
    """The probability that values lie between limits."""
    pairs = number_pairs(xs, shares)
    require(all(0 <= share <= 1 for _, share in pairs), ExcelError.NUM)
    require(abs(math_sum(share for _, share in pairs) - 1) < 1e-9, ExcelError.NUM)
    top = low if high is None else high
    return math_sum(share for x, share in pairs if low <= x <= top)


@function("MODE.MULT({number:values}...)", array=True)
def mode_mult(*items: Item) -> Grid:
    """The numbers that occur most often, below one another."""
    counts = Counter(numbers(items))
    most = max(counts.values(), default=0)
    require(most > 1, ExcelError.NA)
    found = [value for value, count in counts.items() if count == most]
    return Grid(len(found), 1, found)


def _z_test(grid: Grid, mean: float, deviation: float | None = None) -> float:
    values = list(numbers([grid]))
    require(len(values) > 1 or deviation is not None, DIV0)
    spread = math.sqrt(_moment(values, 2) / (len(values) - 1)) if deviation is None else deviation
    require(spread > 0, DIV0)
    return 1 - normal_share((math_sum(values) / len(values) - mean) / (spread / math.sqrt(len(values))))


def _t_test(a: Grid, b: Grid, tails: int, kind: int) -> float:
    require(tails in (1, 2) and kind in (1, 2, 3), ExcelError.NUM)
    if kind == 1:
        differences = [x - y for x, y in number_pairs(a, b)]
        count = len(differences)
        require(count > 1 and _moment(differences, 2) > 0, DIV0)
        test = math_sum(differences) / count / math.sqrt(_moment(differences, 2) / (count - 1) / count)
        freedom = count - 1.0
    else:
        xs, ys = list(numbers([a])), list(numbers([b]))
        require(len(xs) > 1 and len(ys) > 1, DIV0)
        va, vb = _moment(xs, 2) / (len(xs) - 1), _moment(ys, 2) / (len(ys) - 1)
        distance = math_sum(xs) / len(xs) - math_sum(ys) / len(ys)
        if kind == 2:
            freedom = len(xs) + len(ys) - 2.0
            pooled = (_moment(xs, 2) + _moment(ys, 2)) / freedom
            spread = pooled * (1 / len(xs) + 1 / len(ys))
        else:
            sa, sb = va / len(xs), vb / len(ys)
            spread = sa + sb
            require(spread > 0, DIV0)
            freedom = spread**2 / (sa**2 / (len(xs) - 1) + sb**2 / (len(ys) - 1))
        require(spread > 0, DIV0)
        test = distance / math.sqrt(spread)
    return beta_below(freedom / 2, 0.5, freedom / (freedom + test * test)) * tails / 2


def _f_test(a: Grid, b: Grid) -> float:
    xs, ys = list(numbers([a])), list(numbers([b]))
    require(len(xs) > 1 and len(ys) > 1, DIV0)
    m, n = len(xs) - 1.0, len(ys) - 1.0
    va, vb = _moment(xs, 2) / m, _moment(ys, 2) / n
    require(va > 0 and vb > 0, DIV0)
    share = beta_below(n / 2, m / 2, n / (m * va / vb + n))
    return 2 * min(share, 1 - share)


def _chi_test(actual: Grid, expected: Grid) -> float:
    require((actual.rows, actual.columns) == (expected.rows, expected.columns), ExcelError.NA)
    pairs = number_pairs(actual, expected)
    require(actual.size > 1, ExcelError.NA)
    require(all(e != 0 for _, e in pairs), DIV0)
    require(all(e > 0 for _, e in pairs), ExcelError.NUM)
    rows, columns = actual.rows, actual.columns
    freedom = (rows - 1) * (columns - 1) if rows > 1 and columns > 1 else rows * columns - 1
    return gamma_above(freedom / 2, math_sum((a - e) ** 2 / e for a, e in pairs) / 2)


for _names, _parameters, _compute, _summary in (
    ("Z.TEST ZTEST", "array:array, x:number, [sigma:number]", _z_test, "The share of means beyond that of a sample."),
    ("T.TEST TTEST", "array1:array, array2:array, tails:integer, type:integer", _t_test, "The probability that two samples have one mean."),
    ("F.TEST FTEST", "array1:array, array2:array", _f_test, "The probability that two samples have one variance."),
    ("CHISQ.TEST CHITEST", "actual_range:array, expected_range:array", _chi_test, "The probability that counts are as expected."),
):  # fmt: skip
    _compute.__doc__ = _summary
    for _name in _names.split():
        function(f"{_name}({_parameters})")(_compute)
