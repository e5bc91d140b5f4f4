"""Sums, products, powers, logarithms, trigonometry."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.arguments import Item, numbers, require, same_size
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite, power
from xlsxeval.calc.values import CellError, ExcelError, Grid


@function("SUM({number:values}...)")
def sum_(*items: Item) -> float:
    """Adds numbers; texts and logical values in cells do not count."""
    total = 0.0
    for item in items:
        if isinstance(item, Grid):
            for value in item.values():
                if type(value) is float:
                    total += value
                elif isinstance(value, ExcelError):
                    raise CellError(value)
        else:
            total += to_number(item)
    return finite(total)


@function("SUMPRODUCT({array:array}...)")
def sumproduct(*grids: Grid) -> float:
    """Multiplies arrays cell by cell and adds the products; what is no number counts as 0."""
    same_size(grids)
    if len(grids) == 1:
        return finite(math_sum(numbers(grids)))
    full = any(grid.fill is not None for grid in grids) or len({(len(grid.cells), grid.width) for grid in grids}) > 1
    columns = [grid.flat() if full else grid.cells for grid in grids]
    total = 0.0
    for values in zip(*columns, strict=True):
        product = 1.0
        for value in values:
            if type(value) is float:
                product *= value
            elif isinstance(value, ExcelError):
                raise CellError(value)
            else:
                product = 0.0
        total += product
    return finite(total)


def math_sum(values: Iterable[float]) -> float:
    """Adds from left to right, as Excel does; Python's own sum corrects itself and gives other last digits."""
    total = 0.0
    for value in values:
        total += value
    return total


@function("PRODUCT({number:values}...)")
def product_(*items: Item) -> float:
    """Multiplies numbers; 0 when there are none."""
    values = list(numbers(items))
    return finite(math.prod(values)) if values else 0.0


@function("SUMSQ({number:values}...)")
def sumsq(*items: Item) -> float:
    """Adds the squares of numbers."""
    return finite(math_sum(value * value for value in numbers(items)))


@function("ABS(number:number)")
def abs_(number: float) -> float:
    """The number without its sign."""
    return abs(number)


@function("SIGN(number:number)")
def sign(number: float) -> float:
    """1, 0 or -1 by the sign of a number."""
    return float((number > 0) - (number < 0))


@function("POWER(number:number, power:number)")
def power_(number: float, exponent: float) -> float:
    """A number raised to a power."""
    return power(number, exponent)


@function("SQRT(number:number)")
def sqrt(number: float) -> float:
    """The square root; of a negative number #NUM!."""
    require(number >= 0, ExcelError.NUM)
    return math.sqrt(number)


@function("MOD(number:number, divisor:number)")
def mod(number: float, divisor: float) -> float:
    """The remainder of a division, with the sign of the divisor."""
    require(divisor != 0, ExcelError.DIV0)
    require(abs(number / divisor) < 1e15, ExcelError.NUM)
    return number - divisor * math.floor(number / divisor)


@function("QUOTIENT(numerator:number, denominator:number)")
def quotient(numerator: float, denominator: float) -> float:
    """The whole part of a division."""
    require(denominator != 0, ExcelError.DIV0)
    return float(math.trunc(numerator / denominator))


def _guarded(compute: Callable[..., float], *values: float) -> float:
    """A function of the math module with its complaints as #NUM!."""
    try:
        return finite(compute(*values))
    except (ValueError, OverflowError, ZeroDivisionError):
        raise CellError(ExcelError.NUM) from None


@function("EXP(number:number)")
def exp(number: float) -> float:
    """e raised to a power."""
    return _guarded(math.exp, number)


@function("LN(number:number)")
def ln(number: float) -> float:
    """The natural logarithm."""
    return _guarded(math.log, number)


@function("LOG10(number:number)")
def log10(number: float) -> float:
    """The logarithm to base 10."""
    return _guarded(math.log10, number)


@function("LOG(number:number, [base:number])")
def log(number: float, base: float = 10.0) -> float:
    """The logarithm to a base, 10 if left out."""
    require(base != 1, ExcelError.DIV0)
    return log10(number) if base == 10 else _guarded(math.log, number, base)


@function("PI()")
def pi() -> float:
    """The number π."""
    return math.pi
