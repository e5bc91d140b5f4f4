"""Payments of loans and savings, interest rates, present and future values.

Source: Microsoft Support, the functions' own pages; the equation of PV: pv·(1+r)^n + pmt·(1+r·type)·((1+r)^n-1)/r + fv = 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxeval.calc.coercion import to_integer, to_number
from xlsxeval.calc.functions.arguments import Item, numbers, require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite, power
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def growth(rate: float, periods: float) -> float:
    """(1+rate)^periods; ``#DIV/0!`` and ``#NUM!`` where that is none."""
    return power(1 + rate, float(periods))


def _annuity(rate: float, periods: float, due: float) -> tuple[float, float]:
    """What 1 grows to, and what payments of 1 grow to."""
    if rate == 0:
        return 1.0, periods
    grown = growth(rate, periods)
    return grown, (1 + rate * bool(due)) * (grown - 1) / rate


@function("FV(rate:number, nper:number, pmt:number, [pv:number], [type:number])")
def fv(rate: float, periods: float, payment: float, present: float = 0.0, due: float = 0.0) -> float:
    """What regular payments have grown to at the end."""
    grown, paid = _annuity(rate, periods, due)
    return finite(0.0 - present * grown - payment * paid)


@function("PV(rate:number, nper:number, pmt:number, [fv:number], [type:number])")
def pv(rate: float, periods: float, payment: float, future: float = 0.0, due: float = 0.0) -> float:
    """What regular payments are worth at the beginning."""
    grown, paid = _annuity(rate, periods, due)
    require(grown != 0, ExcelError.DIV0)
    return finite((0.0 - future - payment * paid) / grown)


@function("PMT(rate:number, nper:number, pv:number, [fv:number], [type:number])")
def pmt(rate: float, periods: float, present: float, future: float = 0.0, due: float = 0.0) -> float:
    """The regular payment for a loan."""
    require(rate > -1, ExcelError.NUM)
    grown, paid = _annuity(rate, periods, due)
    require(paid != 0, ExcelError.NUM)
    return finite(-(present * grown + future) / paid)


@function("NPER(rate:number, pmt:number, pv:number, [fv:number], [type:number])")
def nper(rate: float, payment: float, present: float, future: float = 0.0, due: float = 0.0) -> float:
    """The number of periods until a loan is paid."""
    if rate == 0:
        require(payment != 0, ExcelError.NUM)
        return -(present + future) / payment
    paid = payment * (1 + rate * bool(due)) / rate
    require(present + paid != 0 and rate > -1, ExcelError.NUM)
    ratio = (paid - future) / (present + paid)
    require(ratio > 0, ExcelError.NUM)
    return finite(math.log(ratio) / math.log(1 + rate))


def _interest(rate: float, period: float, periods: float, present: float, future: float, due: float) -> float:
    payment = pmt(rate, periods, present, future, due)
    if due and period == 1:
        return 0.0
    before = fv(rate, period - 1 - bool(due), payment, present, due)
    return finite((before - (payment if due else 0.0)) * rate)


@function("IPMT(rate:number, per:number, nper:number, pv:number, [fv:number], [type:number])")
def ipmt(rate: float, period: float, periods: float, present: float, future: float = 0.0, due: float = 0.0) -> float:
    """The interest within one payment of a loan."""
    require(1 <= period < periods + 1 and periods > 0, ExcelError.NUM)
    return _interest(rate, period, periods, present, future, due)


@function("PPMT(rate:number, per:number, nper:number, pv:number, [fv:number], [type:number])")
def ppmt(rate: float, period: float, periods: float, present: float, future: float = 0.0, due: float = 0.0) -> float:
    """What one payment takes off a loan."""
    require(1 <= period < periods + 1 and periods > 0, ExcelError.NUM)
    return pmt(rate, periods, present, future, due) - _interest(rate, period, periods, present, future, due)


def _cumulated(
    rate: float, periods: float, present: float, start: float, end: float, due: float, *, interest: bool
) -> float:
    require(rate > 0 and periods > 0 and present > 0 and due in (0, 1), ExcelError.NUM)
    first, last = math.ceil(start), math.floor(end)
    require(1 <= first <= last <= periods and last - first < 100_000, ExcelError.NUM)
    payment = pmt(rate, periods, present, 0.0, due)
    paid = [_interest(rate, period, periods, present, 0.0, due) for period in range(first, last + 1)]
    return math_sum(paid if interest else [payment - each for each in paid])


@function("CUMIPMT(rate:number, nper:number, pv:number, start_period:number, end_period:number, type:number)")
def cumipmt(rate: float, periods: float, present: float, start: float, end: float, due: float) -> float:
    """The interest paid in several periods of a loan."""
    return _cumulated(rate, periods, present, start, end, due, interest=True)


@function("CUMPRINC(rate:number, nper:number, pv:number, start_period:number, end_period:number, type:number)")
def cumprinc(rate: float, periods: float, present: float, start: float, end: float, due: float) -> float:
    """What the payments of several periods take off a loan."""
    return _cumulated(rate, periods, present, start, end, due, interest=False)


@function("ISPMT(rate:number, per:number, nper:number, pv:number)")
def ispmt(rate: float, period: float, periods: float, present: float) -> float:
    """The interest of one period of a loan that is paid back in equal parts."""
    require(periods != 0, ExcelError.DIV0)
    return -present * rate * (1 - period / periods)


@function("NPV(rate:number, {value:values}...)")
def npv(rate: float, *items: Item) -> float:
    """What payments at the ends of periods are worth now."""
    require(rate != -1, ExcelError.DIV0)
    return present_value(list(numbers(items)), rate, 1)


def present_value(values: Sequence[float], rate: float, first: int) -> float:
    """Payments at the ends of periods as of now; the first one is so many periods away."""
    return finite(math_sum(value / growth(rate, place + first) for place, value in enumerate(values)))


@function("MIRR(values:range, finance_rate:number, reinvest_rate:number)")
def mirr(grid: Grid, finance: float, reinvest: float) -> float:
    """The rate of return with interest paid on outgoings and earned on returns."""
    values = list(numbers([grid]))
    count = len(values)
    gains = present_value([max(value, 0.0) for value in values], reinvest, 0)
    losses = present_value([min(value, 0.0) for value in values], finance, 0)
    require(gains != 0 and losses != 0 and count > 1, ExcelError.DIV0)
    return finite(power(-gains * growth(reinvest, count - 1) / losses, 1 / (count - 1)) - 1)


@function("EFFECT(nominal_rate:plain, npery:plain)")
def effect(nominal: Scalar, periods: Scalar) -> float:
    """The rate a year of interest that is added several times a year."""
    rate, count = _rate_and_count(nominal, periods)
    return finite(growth(rate / count, count) - 1)


@function("NOMINAL(effect_rate:plain, npery:plain)")
def nominal_(effective: Scalar, periods: Scalar) -> float:
    """The nominal rate a year that makes an effective one."""
    rate, count = _rate_and_count(effective, periods)
    return (growth(rate, 1 / count) - 1) * count


def _rate_and_count(rate: Scalar, periods: Scalar) -> tuple[float, int]:
    number, count = to_number(rate), to_integer(periods)
    require(number > 0 and count >= 1, ExcelError.NUM)
    return number, count


@function("RRI(nper:number, pv:number, fv:number)")
def rri(periods: float, present: float, future: float) -> float:
    """The rate at which one amount grows to another."""
    require(periods > 0 and present != 0 and future / present >= 0, ExcelError.NUM)
    return power(future / present, 1 / periods) - 1 if future else -1.0


@function("PDURATION(rate:number, pv:number, fv:number)")
def pduration(rate: float, present: float, future: float) -> float:
    """The periods in which one amount grows to another."""
    require(rate > 0 and present > 0 and future > 0, ExcelError.NUM)
    return (math.log(future) - math.log(present)) / math.log(1 + rate)


@function("FVSCHEDULE(principal:number, schedule:range)")
def fvschedule(principal: float, schedule: Grid) -> float:
    """What an amount grows to at changing rates."""
    for rate in schedule.values():
        if isinstance(rate, ExcelError):
            raise CellError(rate)
        require(rate is None or type(rate) is float)
        principal *= 1 + (rate if isinstance(rate, float) else 0.0)
    return finite(principal)


def _fraction(given: Scalar, below_given: Scalar) -> tuple[float, float, int]:
    """Whole and broken part of a price, with the denominator."""
    price, fraction = to_number(given), to_number(below_given)
    require(fraction >= 0, ExcelError.NUM)
    below = math.floor(fraction)
    require(below >= 1, ExcelError.DIV0)
    whole = float(math.trunc(price))
    return whole, price - whole, below


@function("DOLLARDE(fractional_dollar:plain, fraction:plain)")
def dollarde(price: Scalar, fraction: Scalar) -> float:
    """A price such as 1.02 (one and two sixteenths) as a decimal number."""
    whole, rest, below = _fraction(price, fraction)
    return whole + rest * 10.0 ** math.ceil(math.log10(below)) / below if below > 1 else whole + rest * 10.0


@function("DOLLARFR(decimal_dollar:plain, fraction:plain)")
def dollarfr(price: Scalar, fraction: Scalar) -> float:
    """A decimal price as 1.02 for one and two sixteenths."""
    whole, rest, below = _fraction(price, fraction)
    return whole + rest * below / 10.0 ** math.ceil(math.log10(below)) if below > 1 else whole + rest / 10.0
