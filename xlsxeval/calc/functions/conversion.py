"""Between texts and numbers: TEXT, VALUE and their like."""

from __future__ import annotations

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.formatting import format_value
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.functions.text import limited
from xlsxeval.calc.numbers import decimal_of, round_half_up
from xlsxeval.calc.places import Here
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import CellError, ExcelError, Scalar


@function("TEXT(value:scalar, format_text:text)", here=True)
def text(here: Here, value: Scalar, number_format: str) -> str:
    """A number as a number format shows it: "0.00%", "yyyy年m月d日", "[DBNum2]"."""
    if isinstance(value, str):
        number = text_to_number(value, date1904=here.world.date1904)
        value = value if number is None else number
    if value is None:
        value = 0.0
    return format_value(value, number_format or '""', date1904=here.world.date1904, strict=True)


@function("VALUE(text:scalar)", here=True)
def value_(here: Here, value: Scalar) -> float:
    """The number that a text stands for."""
    if isinstance(value, str):
        number = text_to_number(value, date1904=here.world.date1904)
        if number is None:
            raise CellError(ExcelError.VALUE)
        return number
    require(not isinstance(value, bool))
    return to_number(value)


@function("N(value:first)")
def n(value: Scalar) -> float:
    """The value as a number: TRUE is 1, a text 0."""
    return 0.0 if isinstance(value, str) else to_number(value)


@function("NUMBERVALUE(text:text, [decimal_separator:text], [group_separator:text])")
def numbervalue(given: str, decimal: str = ".", group: str = ",") -> float:
    """The number in a text with given separators, whatever the country."""
    require(decimal != "" and group != "")
    decimal, group = decimal[0], group[0]
    plain = "".join(given.split())
    if plain == "":
        return 0.0
    whole, point, rest = plain.partition(decimal)
    require(group not in rest)
    percents = len(plain) - len(plain.rstrip("%"))
    digits = (whole.replace(group, "") + ("." if point else "") + rest).rstrip("%")
    number = text_to_number(digits)
    if number is None or "," in digits:
        raise CellError(ExcelError.VALUE)
    for _ in range(percents):
        number /= 100
    return number


@function("FIXED(number:number, [decimals:integer], [no_commas:logical])")
def fixed(number: float, decimals: int = 2, no_commas: bool = False) -> str:
    """A number as text with a fixed number of decimals."""
    require(decimals <= 127)
    rounded = decimal_of(round_half_up(number, decimals))
    places = max(decimals, 0)
    return limited(f"{rounded:.{places}f}" if no_commas else f"{rounded:,.{places}f}")
