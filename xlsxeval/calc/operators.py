"""The operators on two single values. They give a value or raise CellError; rectangles are the compiler's business."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from xlsxeval.calc.coercion import to_number, to_text
from xlsxeval.calc.numbers import same_number
from xlsxeval.calc.values import MAX_TEXT, CellError, ExcelError, Scalar

_LARGEST: Final = 1.797_693_134_862_315_7e308


def finite(number: float) -> float:
    """The number itself. Raises CellError (``#NUM!``) when it is too large or not a number."""
    if -_LARGEST <= number <= _LARGEST:
        return number
    raise CellError(ExcelError.NUM)


def add(left: Scalar, right: Scalar) -> float:
    """``+``"""
    return finite(to_number(left) + to_number(right))


def subtract(left: Scalar, right: Scalar) -> float:
    """``-``"""
    return finite(to_number(left) - to_number(right))


def add_finally(left: Scalar, right: Scalar) -> float:
    """``+`` as the last operation of a formula: a rest beyond the fifteenth digit is 0."""
    a, b = to_number(left), to_number(right)
    return 0.0 if same_number(a, -b) else finite(a + b)


def subtract_finally(left: Scalar, right: Scalar) -> float:
    """``-`` as the last operation of a formula: a rest beyond the fifteenth digit is 0."""
    a, b = to_number(left), to_number(right)
    return 0.0 if same_number(a, b) else finite(a - b)


def multiply(left: Scalar, right: Scalar) -> float:
    """``*``"""
    return finite(to_number(left) * to_number(right))


def divide(left: Scalar, right: Scalar) -> float:
    """``/``"""
    above, below = to_number(left), to_number(right)
    if below == 0:
        raise CellError(ExcelError.DIV0)
    return finite(above / below)


def power(left: Scalar, right: Scalar) -> float:
    """``^`` and POWER: 0^0 is ``#NUM!``; of a negative number there are odd roots only."""
    base, exponent = to_number(left), to_number(right)
    if base == 0 and exponent <= 0:
        raise CellError(ExcelError.NUM if exponent == 0 else ExcelError.DIV0)
    if base < 0 and exponent != int(exponent) and (root := 1 / exponent) % 2 == 1:
        return -power(-base, 1 / root)
    try:
        return finite(math.pow(base, exponent))
    except (OverflowError, ValueError):
        raise CellError(ExcelError.NUM) from None


def concatenate(left: Scalar, right: Scalar) -> str:
    """``&``; longer than a cell can hold is ``#VALUE!``."""
    text = to_text(left) + to_text(right)
    if len(text) > MAX_TEXT:
        raise CellError(ExcelError.VALUE)
    return text


def _rank(value: Scalar) -> int:
    """Numbers come before texts, texts before logical values."""
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def compare(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1: numbers by fifteen digits, texts without regard to case, a blank as the other's empty value."""
    if isinstance(left, ExcelError):
        raise CellError(left)
    if isinstance(right, ExcelError):
        raise CellError(right)
    if left is None:
        left = _empty(right)
    if right is None:
        right = _empty(left)
    rank_left, rank_right = _rank(left), _rank(right)
    if rank_left != rank_right:
        return -1 if rank_left < rank_right else 1
    if isinstance(left, str) and isinstance(right, str):
        a, b = left.casefold(), right.casefold()
        return (a > b) - (a < b)
    x, y = to_number(left), to_number(right)
    return 0 if same_number(x, y) else 1 if x > y else -1


def _empty(other: Scalar) -> Scalar:
    """What a blank is when held against another value."""
    return False if isinstance(other, bool) else "" if isinstance(other, str) else 0.0


def equal(left: Scalar, right: Scalar) -> bool:
    """``=``"""
    return compare(left, right) == 0


def not_equal(left: Scalar, right: Scalar) -> bool:
    """``<>``"""
    return compare(left, right) != 0


def less(left: Scalar, right: Scalar) -> bool:
    """``<``"""
    return compare(left, right) < 0


def less_or_equal(left: Scalar, right: Scalar) -> bool:
    """``<=``"""
    return compare(left, right) <= 0


def greater(left: Scalar, right: Scalar) -> bool:
    """``>``"""
    return compare(left, right) > 0


def greater_or_equal(left: Scalar, right: Scalar) -> bool:
    """``>=``"""
    return compare(left, right) >= 0


def negate(value: Scalar) -> float:
    """``-`` before an operand."""
    return 0.0 - to_number(value)


def positive(value: Scalar) -> float:
    """``--`` before an operand, which makes a number of a text or a logical value."""
    return 0.0 + to_number(value)


def percent(value: Scalar) -> float:
    """``%`` after an operand."""
    return to_number(value) / 100


OPERATORS: Final[dict[str, Callable[[Scalar, Scalar], Scalar]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "^": power,
    "&": concatenate,
    "=": equal,
    "<>": not_equal,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
}

FINAL_OPERATORS: Final[dict[str, Callable[[Scalar, Scalar], Scalar]]] = {"+": add_finally, "-": subtract_finally}
"""What ``+`` and ``-`` are when nothing is done with their result any more."""
