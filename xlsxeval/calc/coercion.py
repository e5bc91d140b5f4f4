"""One kind of value where another is wanted: Excel's rules, each raising CellError where Excel shows an error."""

from __future__ import annotations

from xlsxeval.calc.numbers import number_to_text
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import CellError, ExcelError, Scalar

LARGEST_INTEGER = 2.0**53
"""Beyond, a float does not tell one whole number from the next."""


def to_number(value: Scalar) -> float:
    """A blank is 0, TRUE is 1, a text is read if it is a number, a date or a time (else ``#VALUE!``)."""
    if isinstance(value, float):
        return value
    if value is None:
        return 0.0
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        number = text_to_number(value)
        if number is None:
            raise CellError(ExcelError.VALUE)
        return number
    raise CellError(value)


def to_integer(value: Scalar) -> int:
    """A number cut off towards zero, as arguments that count places are; a huge one is ``#NUM!``."""
    number = to_number(value)
    if abs(number) > LARGEST_INTEGER:
        raise CellError(ExcelError.NUM)
    return int(number)


def to_text(value: Scalar) -> str:
    """A number with up to fifteen digits, TRUE or FALSE, a blank as the empty text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ExcelError):
        raise CellError(value)
    return number_to_text(value)


def to_logical(value: Scalar) -> bool:
    """A number is TRUE unless 0; the texts TRUE and FALSE count, any other is ``#VALUE!``."""
    if isinstance(value, bool):
        return value
    if value is None:
        return False
    if isinstance(value, str):
        upper = value.upper()
        if upper in ("TRUE", "FALSE"):
            return upper == "TRUE"
        raise CellError(ExcelError.VALUE)
    if isinstance(value, ExcelError):
        raise CellError(value)
    return value != 0


def to_scalar(value: Scalar) -> Scalar:
    """Any value but an error."""
    if isinstance(value, ExcelError):
        raise CellError(value)
    return value


def to_plain(value: Scalar) -> Scalar:
    """Any value but an error and a logical value, which the functions of the old Analysis ToolPak refuse."""
    if isinstance(value, bool):
        raise CellError(ExcelError.VALUE)
    return to_scalar(value)


def as_scalar(value: object) -> Scalar:
    """A value given from outside as a cell's value: whole numbers become floats, ``-0`` and NaN do not stay."""
    if value is None or isinstance(value, str | bool | ExcelError):
        return value
    if isinstance(value, int | float) or hasattr(value, "__float__"):
        number = float(value)
        return ExcelError.NUM if number != number or abs(number) == float("inf") else number
    raise TypeError(f"not a cell's value: {value!r}")
