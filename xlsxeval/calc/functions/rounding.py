"""Rounding, always judged on the fifteen digits that are shown."""

from __future__ import annotations

import math

from xlsxeval.calc import numbers as decimals
from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.numbers import fifteen, round_by, round_half_up
from xlsxeval.calc.values import ExcelError, Scalar


@function("ROUND(number:number, num_digits:integer)")
def round_(number: float, digits: int) -> float:
    """Rounds to a number of digits, a half away from zero."""
    return round_half_up(number, digits)


@function("ROUNDUP(number:number, num_digits:integer)")
def roundup(number: float, digits: int) -> float:
    """Rounds away from zero."""
    return round_by(number, digits, decimals.ROUND_AWAY)


@function("ROUNDDOWN(number:number, num_digits:integer)")
def rounddown(number: float, digits: int) -> float:
    """Rounds towards zero."""
    return round_by(number, digits, decimals.ROUND_TOWARDS)


@function("TRUNC(number:number, [num_digits:integer])")
def trunc(number: float, digits: int = 0) -> float:
    """Cuts off the digits after a place."""
    return float(math.trunc(number)) if digits == 0 else round_by(number, digits, decimals.ROUND_TOWARDS)


@function("INT(number:number)")
def int_(number: float) -> float:
    """The next whole number below."""
    return float(math.floor(number))


def _multiple(number: float, step: float, *, up: bool) -> float:
    """The multiple of a step next to a number, above or below; a ratio whole to fifteen digits counts as whole."""
    ratio = fifteen(number / step)
    return fifteen((math.ceil(ratio) if up else math.floor(ratio)) * step) + 0.0


@function("MROUND(number:plain, multiple:plain)")
def mround(given: Scalar, step: Scalar) -> float:
    """Rounds to the nearest multiple; the signs must agree."""
    number, multiple = to_number(given), to_number(step)
    if number == 0 or multiple == 0:
        return 0.0
    require((number < 0) == (multiple < 0), ExcelError.NUM)
    return fifteen(round_half_up(number / multiple, 0) * multiple)


@function("CEILING(number:number, significance:number)")
def ceiling(number: float, significance: float) -> float:
    """Rounds up to a multiple; a negative number with a negative step goes away from zero."""
    if number == 0 or significance == 0:
        return 0.0
    require(not (number > 0 > significance), ExcelError.NUM)
    return _multiple(number, significance, up=True)


@function("FLOOR(number:number, significance:number)")
def floor(number: float, significance: float) -> float:
    """Rounds down to a multiple; a negative number with a negative step goes towards zero."""
    if number == 0:
        return 0.0
    require(significance != 0, ExcelError.DIV0)
    require(not (number > 0 > significance), ExcelError.NUM)
    return _multiple(number, significance, up=False)


@function("CEILING.MATH(number:number, [significance:number], [mode:number])")
def ceiling_math(number: float, significance: float = 1.0, mode: float = 0.0) -> float:
    """Rounds up to a multiple; with a mode negative numbers go away from zero."""
    if significance == 0 or number == 0:
        return 0.0
    return _multiple(number, abs(significance), up=not (number < 0 and mode != 0))


@function("FLOOR.MATH(number:number, [significance:number], [mode:number])")
def floor_math(number: float, significance: float = 1.0, mode: float = 0.0) -> float:
    """Rounds down to a multiple; with a mode negative numbers go towards zero."""
    if significance == 0 or number == 0:
        return 0.0
    return _multiple(number, abs(significance), up=number < 0 and mode != 0)


def _precise(name: str, summary: str, *, up: bool) -> None:
    """Registers CEILING.PRECISE and its like: the sign of the step does not count."""

    def body(number: float, significance: float = 1.0) -> float:
        if significance == 0 or number == 0:
            return 0.0
        return _multiple(number, abs(significance), up=up)

    body.__doc__ = summary
    function(f"{name}(number:number, [significance:number])")(body)


_precise("CEILING.PRECISE", "Rounds up to a multiple, whatever the signs.", up=True)
_precise("ISO.CEILING", "Rounds up to a multiple, whatever the signs.", up=True)
_precise("FLOOR.PRECISE", "Rounds down to a multiple, whatever the signs.", up=False)


@function("EVEN(number:number)")
def even(number: float) -> float:
    """Rounds away from zero to an even number."""
    return math.copysign(math.ceil(abs(number) / 2) * 2, number) + 0.0


@function("ODD(number:number)")
def odd(number: float) -> float:
    """Rounds away from zero to an odd number."""
    return math.copysign(max(math.ceil((abs(number) + 1) / 2) * 2 - 1, 1), number)
