"""Times of day."""

from __future__ import annotations

import math

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.dates import seconds_of
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import CellError, ExcelError, Scalar


@function("TIME(hour:integer, minute:integer, second:integer)")
def time(hour: int, minute: int, second: int) -> float:
    """The time of an hour, minute and second, as part of a day; what runs over a day is dropped."""
    require(max(abs(hour), abs(minute), abs(second)) <= 32_767, ExcelError.NUM)
    total = hour * 3600 + minute * 60 + second
    require(total >= 0, ExcelError.NUM)
    return total % 86_400 / 86_400


@function("TIMEVALUE(time_text:text)")
def timevalue(text: str) -> float:
    """The time that a text stands for, as part of a day."""
    number = text_to_number(text)
    if number is None or not any(sign in text.upper() for sign in (":", "AM", "PM", "时")):
        raise CellError(ExcelError.VALUE)
    return number - math.floor(number)


def _seconds(value: Scalar) -> int:
    number = to_number(value)
    require(number >= 0, ExcelError.NUM)
    return seconds_of(number)


@function("HOUR(serial_number:scalar)")
def hour(value: Scalar) -> float:
    """The hour of a time."""
    return float(_seconds(value) // 3600)


@function("MINUTE(serial_number:scalar)")
def minute(value: Scalar) -> float:
    """The minute of a time."""
    return float(_seconds(value) // 60 % 60)


@function("SECOND(serial_number:scalar)")
def second(value: Scalar) -> float:
    """The second of a time."""
    return float(_seconds(value) % 60)
