"""Rates of return: solved by Newton's method, or ``#NUM!``; never a figure that is no solution."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.arguments import numbers, require
from xlsxeval.calc.functions.financial import fv
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.values import CellError, ExcelError, Grid

_STEPS: Final = 128
"""Steps after which Excel too gives up: it finds RATE for 300 periods, and none for 3,300."""


def newton(wanted: Callable[[float], tuple[float, float]], guess: float) -> float | None:
    """Where a function is 0, given its value and slope; None where Newton's method does not come to rest."""
    x = guess
    for _ in range(_STEPS):
        try:
            value, slope = wanted(x)
            following = x - value / slope
        except (ArithmeticError, ValueError):
            return None
        if not math.isfinite(following):
            return None
        if abs(following - x) <= 1e-13 * max(1.0, abs(following)) or value == 0:
            return following
        x = following
    try:
        return x if abs(wanted(x)[0]) < 1e-7 else None
    except (ArithmeticError, ValueError):
        return None


def _scanned(wanted: Callable[[float], float], guess: float) -> float | None:
    """A root by halving, in the interval with a change of sign that is nearest to the guess."""
    edges = [-0.999, *(step / 50 for step in range(-49, 50)), *(1.25**step for step in range(40))]
    ends = [(a, b) for a, b in pairwise(edges) if wanted(a) * wanted(b) <= 0]
    if not ends:
        return None
    low, high = min(ends, key=lambda pair: abs((pair[0] + pair[1]) / 2 - guess))
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if wanted(low) * wanted(middle) <= 0 else (middle, high)
    return (low + high) / 2


@function("IRR(values:range, [guess:number])")
def irr(grid: Grid, guess: float = 0.1) -> float:
    """The rate at which payments cancel out."""
    values = list(numbers([grid]))
    require(guess > -1)
    require(min(values, default=0) < 0 < max(values, default=0), ExcelError.NUM)

    def polynomial(factor: float) -> tuple[float, float]:
        """All payments as of the last period: the polynomial keeps Newton's method on the side of the root."""
        value = slope = 0.0
        for payment in values:
            slope = slope * factor + value
            value = value * factor + payment
        return value, slope

    def discounted(rate: float) -> tuple[float, float]:
        value = math_sum(payment / (1 + rate) ** place for place, payment in enumerate(values))
        return value, math_sum(-place * payment / (1 + rate) ** (place + 1) for place, payment in enumerate(values))

    found = newton(polynomial, 1 + guess)
    if found is not None and found > 0:
        return found - 1
    found = newton(discounted, guess)
    if found is None or found <= -1:
        found = _scanned(lambda rate: discounted(rate)[0], guess)
    if found is None:
        raise CellError(ExcelError.NUM)
    return found


@function("RATE(nper:number, pmt:number, pv:number, [fv:number], [type:number], [guess:number])")
def rate_(
    periods: float, payment: float, present: float, future: float = 0.0, due: float = 0.0, guess: float = 0.1
) -> float:
    """The interest rate of regular payments."""
    require(periods > 0, ExcelError.NUM)

    def balance(rate: float) -> tuple[float, float]:
        step = 1e-6 * max(1.0, abs(rate))
        at = [fv(x, periods, payment, present, due) - future for x in (rate, rate - step, rate + step)]
        return at[0], (at[2] - at[1]) / (2 * step)

    def wanted(rate: float) -> tuple[float, float]:
        try:
            value, slope = balance(rate)
        except CellError as problem:
            raise ArithmeticError from problem
        return value, slope

    found = newton(wanted, guess)
    if found is None or found <= -1 + 1e-9:
        raise CellError(ExcelError.NUM)
    return found


def _dated(values: Grid, dates: Grid) -> tuple[Sequence[float], Sequence[float]]:
    """Payments and their days counted from the first."""
    require(values.size == dates.size, ExcelError.NUM)
    amounts, days = list(values.flat()), list(dates.flat())
    for item in (*amounts, *days):
        if isinstance(item, ExcelError):
            raise CellError(item)
        require(item is None or type(item) is float)
    serials = [float(math.floor(to_number(day))) for day in days]
    require(all(day >= 0 for day in serials), ExcelError.NUM)
    require(all(day >= serials[0] for day in serials), ExcelError.NUM)
    return [to_number(amount) for amount in amounts], [day - serials[0] for day in serials]


@function("XNPV(rate:number, values:range, dates:range)")
def xnpv(rate: float, values: Grid, dates: Grid) -> float:
    """What dated payments are worth at the first date."""
    amounts, days = _dated(values, dates)
    require(rate > 0, ExcelError.NUM)
    return math_sum(amount / (1 + rate) ** (day / 365) for amount, day in zip(amounts, days, strict=True))


@function("XIRR(values:range, dates:range, [guess:number])")
def xirr(values: Grid, dates: Grid, guess: float = 0.1) -> float:
    """The rate a year at which dated payments cancel out."""
    amounts, days = _dated(values, dates)
    require(guess > -1 and min(amounts) < 0 < max(amounts), ExcelError.NUM)

    def wanted(rate: float) -> tuple[float, float]:
        if rate <= -1:
            raise ArithmeticError
        pairs = list(zip(amounts, days, strict=True))
        value = math_sum(amount / (1 + rate) ** (day / 365) for amount, day in pairs)
        return value, math_sum(-day / 365 * amount / (1 + rate) ** (day / 365 + 1) for amount, day in pairs)

    found = newton(wanted, guess)
    if found is None:
        found = _scanned(lambda rate: wanted(rate)[0], guess)
    if found is None:
        raise CellError(ExcelError.NUM)
    return found
