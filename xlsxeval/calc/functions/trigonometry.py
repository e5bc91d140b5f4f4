"""Angles, hyperbolic functions, factorials of other kinds, the gamma function."""

from __future__ import annotations

import math
from collections.abc import Callable

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.arguments import Item, numbers, require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite, power
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _of_number(name: str, compute: Callable[[float], float], summary: str, kind: str = "number") -> None:
    """Registers a function of one number; where it has no value it is ``#NUM!``, where it would divide by 0 ``#DIV/0!``."""

    def body(given: Scalar) -> float:
        number = to_number(given)
        try:
            return finite(compute(number))
        except ZeroDivisionError:
            raise CellError(ExcelError.DIV0) from None
        except (ValueError, OverflowError):
            raise CellError(ExcelError.NUM) from None

    body.__doc__ = summary
    function(f"{name}(number:{kind})")(body)


def _acot(x: float) -> float:
    return math.atan2(1, x) if x >= 0 else math.pi + math.atan(1 / x)


def _gamma(x: float) -> float:
    require(not (x <= 0 and x == math.floor(x)), ExcelError.NUM)
    return math.gamma(x)


def _log_gamma(x: float) -> float:
    require(x > 0, ExcelError.NUM)
    return math.lgamma(x)


def _double_factorial(number: float) -> float:
    whole = math.floor(number)
    require(-1 <= whole <= 300, ExcelError.NUM)
    return float(math.prod(range(whole, 0, -2)))


def _sqrt_pi(number: float) -> float:
    return math.sqrt(number * math.pi)


for _name, _compute, _summary in (
    ("SINH", math.sinh, "The hyperbolic sine."),
    ("COSH", math.cosh, "The hyperbolic cosine."),
    ("TANH", math.tanh, "The hyperbolic tangent."),
    ("ASINH", math.asinh, "The number with a given hyperbolic sine."),
    ("ACOSH", math.acosh, "The number with a given hyperbolic cosine."),
    ("ATANH", math.atanh, "The number with a given hyperbolic tangent."),
    ("SEC", lambda x: 1 / math.cos(x), "The secant of an angle in radians."),
    ("CSC", lambda x: 1 / math.sin(x), "The cosecant of an angle in radians."),
    ("COT", lambda x: 1 / math.tan(x), "The cotangent of an angle in radians."),
    ("SECH", lambda x: 1 / math.cosh(x) if abs(x) < 710 else 0.0, "The hyperbolic secant."),
    ("CSCH", lambda x: 1 / math.sinh(x) if abs(x) < 710 else 0.0, "The hyperbolic cosecant."),
    ("COTH", lambda x: 1 / math.tanh(x), "The hyperbolic cotangent."),
    ("ACOT", _acot, "The angle with a given cotangent."),
    ("ACOTH", lambda x: math.log((x + 1) / (x - 1)) / 2 if abs(x) > 1 else math.acosh(0), "The number with a given hyperbolic cotangent."),
    ("GAMMA", _gamma, "The gamma function."),
    ("GAMMALN", _log_gamma, "The logarithm of the gamma function."),
    ("GAMMALN.PRECISE", _log_gamma, "The logarithm of the gamma function."),
    ("FISHER", math.atanh, "Fisher's transformation of a correlation."),
    ("FISHERINV", math.tanh, "What Fisher's transformation is made of."),
):  # fmt: skip
    _of_number(_name, _compute, _summary)
_of_number("SQRTPI", _sqrt_pi, "The square root of a number times π.", "plain")
_of_number("FACTDOUBLE", _double_factorial, "The product of every other whole number up to a number.", "plain")


@function("COMBINA(number:integer, number_chosen:integer)")
def combina(number: int, chosen: int) -> float:
    """In how many ways some of a number of things can be chosen, each as often as wanted."""
    require(number >= 0 and chosen >= 0 and (number > 0 or chosen == 0), ExcelError.NUM)
    if chosen == 0:
        return 1.0
    require(min(chosen, number - 1) < 2000 and number + chosen < 1_000_000, ExcelError.NUM)
    return _floated(math.comb(number + chosen - 1, chosen))


def _floated(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        raise CellError(ExcelError.NUM) from None


@function("PERMUTATIONA(number:integer, number_chosen:integer)")
def permutationa(number: int, chosen: int) -> float:
    """In how many orders some of a number of things can be chosen, each as often as wanted."""
    require(number >= 0 and chosen >= 0, ExcelError.NUM)
    return 1.0 if chosen == 0 else power(float(number), float(chosen)) if number else 0.0


@function("MULTINOMIAL({number:values}...)")
def multinomial(*items: Item) -> float:
    """The factorial of a sum by the product of factorials."""
    counts = [math.floor(value) for value in numbers(items)]
    require(all(count >= 0 for count in counts) and sum(counts) < 2000, ExcelError.NUM)
    return _floated(math.factorial(sum(counts)) // math.prod(math.factorial(count) for count in counts))


@function("SERIESSUM(x:plain, n:plain, m:plain, coefficients:range)")
def seriessum(base: Scalar, start: Scalar, distance: Scalar, coefficients: Grid) -> float:
    """The sum of a power series."""
    x, first, step = to_number(base), to_number(start), to_number(distance)
    values = list(numbers([coefficients]))
    return finite(math_sum(value * power(x, first + place * step) for place, value in enumerate(values)))
