"""What kind of value something is."""

from __future__ import annotations

from typing import Final

from xlsxeval.calc.coercion import to_integer
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


@function("ISNUMBER(value:any)")
def isnumber(value: Scalar) -> bool:
    """Whether a value is a number."""
    return type(value) is float


@function("ISTEXT(value:any)")
def istext(value: Scalar) -> bool:
    """Whether a value is a text."""
    return isinstance(value, str)


@function("ISNONTEXT(value:any)")
def isnontext(value: Scalar) -> bool:
    """Whether a value is no text; a blank is none."""
    return not isinstance(value, str)


@function("ISBLANK(value:any)")
def isblank(value: Scalar) -> bool:
    """Whether a cell is blank; an empty text is not."""
    return value is None


@function("ISLOGICAL(value:any)")
def islogical(value: Scalar) -> bool:
    """Whether a value is TRUE or FALSE."""
    return isinstance(value, bool)


@function("ISERROR(value:any)")
def iserror(value: Scalar) -> bool:
    """Whether a value is an error."""
    return isinstance(value, ExcelError)


@function("ISERR(value:any)")
def iserr(value: Scalar) -> bool:
    """Whether a value is an error other than #N/A."""
    return isinstance(value, ExcelError) and value is not ExcelError.NA


@function("ISNA(value:any)")
def isna(value: Scalar) -> bool:
    """Whether a value is #N/A."""
    return value is ExcelError.NA


def _whole(value: Scalar) -> int:
    """The whole part of a number; a logical value is none here."""
    require(not isinstance(value, bool))
    return to_integer(value)


@function("ISEVEN(number:plain)")
def iseven(number: Scalar) -> bool:
    """Whether the whole part of a number is even."""
    return _whole(number) % 2 == 0


@function("ISODD(number:plain)")
def isodd(number: Scalar) -> bool:
    """Whether the whole part of a number is odd."""
    return _whole(number) % 2 == 1


@function("NA()")
def na() -> Scalar:
    """The error #N/A."""
    return ExcelError.NA


@function("TYPE(value:values)")
def type_(value: object) -> float:
    """1 number, 2 text, 4 logical value, 16 error, 64 array."""
    if isinstance(value, bool):
        return 4.0
    if isinstance(value, str):
        return 2.0
    if isinstance(value, ExcelError):
        return 16.0
    return 1.0 if value is None or isinstance(value, float) else _type_of_grid(value)


def _type_of_grid(value: object) -> float:
    if isinstance(value, Grid) and value.size == 1:
        return type_(value.at(0, 0))
    return 64.0


_NUMBERS: Final = {
    ExcelError.NULL: 1.0,
    ExcelError.DIV0: 2.0,
    ExcelError.VALUE: 3.0,
    ExcelError.REF: 4.0,
    ExcelError.NAME: 5.0,
    ExcelError.NUM: 6.0,
    ExcelError.NA: 7.0,
    ExcelError.GETTING_DATA: 8.0,
    ExcelError.SPILL: 9.0,
    ExcelError.CALC: 14.0,
}


@function("ERROR.TYPE(error_val:any)")
def error_type(value: Scalar) -> float:
    """The number of an error; #N/A for anything else."""
    if not isinstance(value, ExcelError):
        raise CellError(ExcelError.NA)
    return _NUMBERS[value]
