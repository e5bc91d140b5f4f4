"""Depreciation: in a straight line, declining, by the sum of the years.

Source: Microsoft Support, "SLN", "SYD", "DB", "DDB", "VDB" function.
"""

from __future__ import annotations

import math

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.numbers import round_half_up
from xlsxeval.calc.values import ExcelError


@function("SLN(cost:number, salvage:number, life:number)")
def sln(cost: float, salvage: float, life: float) -> float:
    """The yearly depreciation in a straight line."""
    require(life != 0, ExcelError.DIV0)
    return (cost - salvage) / life


@function("SYD(cost:number, salvage:number, life:number, per:number)")
def syd(cost: float, salvage: float, life: float, period: float) -> float:
    """The depreciation of a period by the sum of the years' digits."""
    require(life > 0 and 1 <= period <= life, ExcelError.NUM)
    return (cost - salvage) * (life - period + 1) * 2 / (life * (life + 1))


@function("DB(cost:number, salvage:number, life:number, period:number, [month:number])")
def db(cost: float, salvage: float, life: float, period: float, month: float = 12.0) -> float:
    """The depreciation of a period by a fixed share of what is left; the share has three decimals."""
    month = math.floor(month)
    require(cost >= 0 and salvage >= 0 and life > 0 and 1 <= month <= 12, ExcelError.NUM)
    require(1 <= period <= life + (month < 12) and life <= 10_000, ExcelError.NUM)
    if cost == 0:
        return 0.0
    share = round_half_up(1 - (salvage / cost) ** (1 / life), 3)
    first = cost * share * month / 12
    total, amount = first, first
    for number in range(2, math.floor(period) + 1):
        left = cost - total
        amount = left * share * (12 - month) / 12 if number > life else left * share
        total += amount
    return amount


@function("DDB(cost:number, salvage:number, life:number, period:number, [factor:number])")
def ddb(cost: float, salvage: float, life: float, period: float, factor: float = 2.0) -> float:
    """The depreciation of a period at double rate, or another, of what is left."""
    require(cost >= 0 and salvage >= 0 and life > 0 and 0 < period <= life and factor > 0, ExcelError.NUM)
    return _declining(cost, salvage, life, period, factor)


def _declining(cost: float, salvage: float, life: float, period: float, factor: float) -> float:
    share: float = min(factor / life, 1.0)
    before = cost * math.pow(1 - share, period - 1) if period >= 1 else cost
    if share == 1.0:
        before = cost if period <= 1 else 0.0
    after = cost * math.pow(1 - share, period)
    return max(before - max(after, salvage), 0.0)


@function(
    "VDB(cost:number, salvage:number, life:number, start_period:number, end_period:number, [factor:number],"
    " [no_switch:logical])"
)
def vdb(
    cost: float,
    salvage: float,
    life: float,
    start: float,
    end: float,
    factor: float = 2.0,
    no_switch: bool = False,
) -> float:
    """The depreciation between two moments, declining and then, unless told otherwise, in a straight line."""
    require(cost >= 0 and salvage >= 0 and life > 0 and 0 <= start <= end <= life and factor >= 0, ExcelError.NUM)
    require(end <= 10_000, ExcelError.NUM)
    left, total = cost, 0.0
    for number in range(math.ceil(end)):
        rest = life - number
        amount = min(left * min(factor / life, 1.0), max(left - salvage, 0.0))
        if not no_switch and rest > 0:
            amount = max(amount, max(left - salvage, 0.0) / max(rest, 1.0))
        covered = max(0.0, min(number + 1, end) - max(number, start))
        total += amount * covered
        left -= amount
    return total
