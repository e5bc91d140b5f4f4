"""Sums, products, powers, logarithms, trigonometry."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from xlsxeval.calc.coercion import to_number, to_plain
from xlsxeval.calc.functions.arguments import Item, number_pairs, numbers, remembered, require, same_size
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite, power
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


@function("SUM({number:values}...)")
@remembered
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
    """The exact remainder of a division, with the sign of the divisor: MOD(1,0.1) is almost 0.1."""
    require(divisor != 0, ExcelError.DIV0)
    require(abs(number / divisor) < 1.1259e15, ExcelError.NUM)
    rest = math.fmod(number, divisor)
    return rest + divisor if rest and (rest < 0) is not (divisor < 0) else rest + 0.0


@function("QUOTIENT(numerator:plain, denominator:plain)")
def quotient(above: Scalar, below: Scalar) -> float:
    """The whole part of a division."""
    numerator, denominator = to_number(above), to_number(below)
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
    """The number e raised to a power."""
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


def _trigonometry(name: str, compute: Callable[[float], float], summary: str) -> None:
    """Registers a function of one number that Python's math module has too."""

    def body(number: float) -> float:
        return _guarded(compute, number)

    body.__doc__ = summary
    function(f"{name}(number:number)")(body)


_trigonometry("SIN", math.sin, "The sine of an angle in radians.")
_trigonometry("COS", math.cos, "The cosine of an angle in radians.")
_trigonometry("TAN", math.tan, "The tangent of an angle in radians.")
_trigonometry("ASIN", math.asin, "The angle with a given sine.")
_trigonometry("ACOS", math.acos, "The angle with a given cosine.")
_trigonometry("ATAN", math.atan, "The angle with a given tangent.")
_trigonometry("RADIANS", math.radians, "Degrees as radians.")
_trigonometry("DEGREES", math.degrees, "Radians as degrees.")


@function("ATAN2(x_num:number, y_num:number)")
def atan2(x: float, y: float) -> float:
    """The angle of a point from the x axis."""
    require(x != 0 or y != 0, ExcelError.DIV0)
    return math.atan2(y, x)


@function("FACT(number:number)")
def fact(number: float) -> float:
    """The factorial of the whole part of a number."""
    require(0 <= number < 171, ExcelError.NUM)
    return float(math.factorial(int(number)))


@function("COMBIN(number:integer, number_chosen:integer)")
def combin(number: int, chosen: int) -> float:
    """In how many ways some of a number of things can be chosen."""
    require(0 <= chosen <= number <= 1_000_000, ExcelError.NUM)
    return _guarded(float, math.comb(number, chosen)) if min(chosen, number - chosen) < 2000 else finite(math.inf)


@function("PERMUT(number:integer, number_chosen:integer)")
def permut(number: int, chosen: int) -> float:
    """In how many orders some of a number of things can be chosen."""
    require(0 <= chosen <= number, ExcelError.NUM)
    return _guarded(float, math.perm(number, chosen)) if chosen < 2000 else finite(math.inf)


def _whole_numbers(items: tuple[Item, ...]) -> list[int]:
    """As the old Analysis ToolPak takes numbers: texts in cells are read, logical values and empty arguments refused."""
    values: list[int] = []
    for item in items:
        require(item is not None, ExcelError.NA)
        for value in item.values() if isinstance(item, Grid) else (item,):
            values += [] if value is None else [math.floor(to_number(to_plain(value)))]
    require(all(0 <= value < 2**53 for value in values), ExcelError.NUM)
    return values or [0]


@function("GCD({number:values}...)")
def gcd(*items: Item) -> float:
    """The greatest common divisor."""
    return float(math.gcd(*_whole_numbers(items)))


@function("LCM({number:values}...)")
def lcm(*items: Item) -> float:
    """The least common multiple."""
    return finite(float(math.lcm(*_whole_numbers(items))))


@function("SUMX2MY2(array_x:array, array_y:array)")
def sumx2my2(xs: Grid, ys: Grid) -> float:
    """Adds the differences of squares of two arrays."""
    return finite(math_sum(x * x - y * y for x, y in number_pairs(xs, ys)))


@function("SUMX2PY2(array_x:array, array_y:array)")
def sumx2py2(xs: Grid, ys: Grid) -> float:
    """Adds the sums of squares of two arrays."""
    return finite(math_sum(x * x + y * y for x, y in number_pairs(xs, ys)))


@function("SUMXMY2(array_x:array, array_y:array)")
def sumxmy2(xs: Grid, ys: Grid) -> float:
    """Adds the squares of differences of two arrays."""
    return finite(math_sum((x - y) ** 2 for x, y in number_pairs(xs, ys)))


@function("BASE(number:integer, radix:integer, [min_length:integer])")
def base(number: int, radix: int, length: int = 0) -> str:
    """A whole number written to another base."""
    require(0 <= number < 2**53 and 2 <= radix <= 36 and 0 <= length <= 255, ExcelError.NUM)
    digits = ""
    while number:
        number, rest = divmod(number, radix)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return (digits or "0").zfill(length)


@function("DECIMAL(text:text, radix:integer)")
def decimal(text: str, radix: int) -> float:
    """The number written to another base."""
    require(2 <= radix <= 36 and len(text) <= 255, ExcelError.NUM)
    try:
        return float(int(text.strip() or "0", radix))
    except ValueError:
        raise CellError(ExcelError.NUM) from None
