"""Payments, present and future values, rates of return."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxeval.calc.functions.arguments import Item, numbers, require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import CellError, ExcelError, Grid


def _growth(rate: float, periods: float) -> float:
    require(rate > -1, ExcelError.NUM)
    try:
        return finite((1 + rate) ** periods)
    except OverflowError:
        raise CellError(ExcelError.NUM) from None


@function("FV(rate:number, nper:number, pmt:number, [pv:number], [type:number])")
def fv(rate: float, periods: float, payment: float, present: float = 0.0, due: float = 0.0) -> float:
    """What regular payments have grown to at the end."""
    if rate == 0:
        return 0.0 - present - payment * periods
    growth = _growth(rate, periods)
    return finite(-present * growth - payment * (1 + rate * bool(due)) * (growth - 1) / rate)


@function("PV(rate:number, nper:number, pmt:number, [fv:number], [type:number])")
def pv(rate: float, periods: float, payment: float, future: float = 0.0, due: float = 0.0) -> float:
    """What regular payments are worth at the beginning."""
    if rate == 0:
        return 0.0 - future - payment * periods
    growth = _growth(rate, periods)
    return finite((-future - payment * (1 + rate * bool(due)) * (growth - 1) / rate) / growth)


@function("PMT(rate:number, nper:number, pv:number, [fv:number], [type:number])")
def pmt(rate: float, periods: float, present: float, future: float = 0.0, due: float = 0.0) -> float:
    """The regular payment for a loan."""
    require(periods != 0, ExcelError.NUM)
    if rate == 0:
        return -(present + future) / periods
    growth = _growth(rate, periods)
    return finite(-(present * growth + future) * rate / ((1 + rate * bool(due)) * (growth - 1)))


@function("NPV(rate:number, {value:values}...)")
def npv(rate: float, *items: Item) -> float:
    """What payments at the ends of periods are worth now."""
    require(rate != -1, ExcelError.DIV0)
    return _present(list(numbers(items)), rate, 1)


def _present(values: Sequence[float], rate: float, first: int) -> float:
    return finite(math_sum(value / (1 + rate) ** (place + first) for place, value in enumerate(values)))


def solve(wanted: Callable[[float], float], guess: float) -> float:
    """Where a function of a rate is 0, by the secant method. Raises CellError (``#NUM!``) when it finds nothing."""
    a, b = guess, guess + 0.01
    at_a, at_b = wanted(a), wanted(b)
    for _ in range(100):
        if abs(b - a) < 1e-12:
            return b
        require(at_b != at_a, ExcelError.NUM)
        a, b, at_a = b, max(b - at_b * (b - a) / (at_b - at_a), -0.999_999), at_b
        at_b = wanted(b)
    raise CellError(ExcelError.NUM)


@function("IRR(values:range, [guess:number])")
def irr(grid: Grid, guess: float = 0.1) -> float:
    """The rate at which payments cancel out."""
    values = list(numbers([grid]))
    require(min(values, default=0) < 0 < max(values, default=0), ExcelError.NUM)
    return solve(lambda rate: _present(values, rate, 0), guess)


@function("RATE(nper:number, pmt:number, pv:number, [fv:number], [type:number], [guess:number])")
def rate_(
    periods: float, payment: float, present: float, future: float = 0.0, due: float = 0.0, guess: float = 0.1
) -> float:
    """The interest rate of regular payments."""
    return solve(lambda rate: fv(rate, periods, payment, present, due) - future, guess)


@function("SLN(cost:number, salvage:number, life:number)")
def sln(cost: float, salvage: float, life: float) -> float:
    """The yearly depreciation in a straight line."""
    require(life != 0, ExcelError.DIV0)
    return (cost - salvage) / life
