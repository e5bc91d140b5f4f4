"""Texts before, after and between delimiters; Roman and Arabic numbers."""

from __future__ import annotations

from typing import Final

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.functions.text import limited
from xlsxeval.calc.numbers import decimal_of, round_half_up
from xlsxeval.calc.values import ExcelError, Grid, Scalar, grid_of_lines


def _places(text: str, delimiter: str, *, ignore_case: bool) -> list[int]:
    """Where a delimiter stands."""
    if ignore_case:
        text, delimiter = text.casefold(), delimiter.casefold()
    places: list[int] = []
    place = text.find(delimiter)
    while place >= 0:
        places.append(place)
        place = text.find(delimiter, place + len(delimiter))
    return places


def _instance(text: str, delimiter: str, number: int, mode: int) -> int | None:
    """The place of one occurrence, from the end for a negative number; None when there are not so many."""
    require(number != 0)
    places = _places(text, delimiter, ignore_case=mode == 1)
    index = number - 1 if number > 0 else len(places) + number
    return places[index] if 0 <= index < len(places) else None


_DELIMITED: Final = (
    "(text:text, delimiter:text, [instance_num:integer], [match_mode:integer], [match_end:integer], [if_not_found:any])"
)


@function(f"TEXTBEFORE{_DELIMITED}")
def textbefore(
    text: str, delimiter: str, number: int = 1, mode: int = 0, end: int = 0, missing: Scalar = ExcelError.NA
) -> Scalar:
    """What stands before a delimiter."""
    if not delimiter:
        return "" if number > 0 else text
    place = _instance(text, delimiter, number, mode)
    if place is None:
        return text if end and number == 1 else missing
    return text[:place]


@function(f"TEXTAFTER{_DELIMITED}")
def textafter(
    text: str, delimiter: str, number: int = 1, mode: int = 0, end: int = 0, missing: Scalar = ExcelError.NA
) -> Scalar:
    """What stands after a delimiter."""
    if not delimiter:
        return text if number > 0 else ""
    place = _instance(text, delimiter, number, mode)
    if place is None:
        return "" if end and number == 1 else missing
    return text[place + len(delimiter) :]


@function("TEXTSPLIT(text:text, col_delimiter:text, [row_delimiter:text], [ignore_empty:logical])", array=True)
def textsplit(text: str, columns: str, rows: str = "", ignore_empty: bool = False) -> Grid:
    """A text cut into columns and rows; rows that are shorter end in #N/A."""
    require(columns != "" or rows != "")
    lines = [line.split(columns) if columns else [line] for line in (text.split(rows) if rows else [text])]
    if ignore_empty:
        lines = [[part for part in line if part] for line in lines]
    width = max(len(line) for line in lines)
    require(width > 0, ExcelError.CALC)
    return grid_of_lines([[*line, *[ExcelError.NA] * (width - len(line))] for line in lines])


_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@function("ROMAN(number:integer)")
def roman(number: int) -> str:
    """A number up to 3999 in classical Roman numerals."""
    require(0 <= number <= 3999)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


@function("ARABIC(text:text)")
def arabic(text: str) -> float:
    """The number of a Roman numeral."""
    numeral = text.strip().upper()
    sign = -1.0 if numeral.startswith("-") else 1.0
    values = {letter: value for value, letter in _ROMAN if len(letter) == 1}
    letters = numeral.lstrip("-")
    require(len(letters) <= 255 and all(letter in values for letter in letters))
    digits = [values[letter] for letter in letters]
    following = [*digits[1:], 0][: len(digits)]
    return sign * sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


def _currency(number: float, decimals: int, symbol: str) -> str:
    require(decimals <= 127)
    text = f"{symbol}{decimal_of(abs(round_half_up(number, decimals))):,.{max(decimals, 0)}f}"
    return limited(f"({text})" if number < 0 else text)


@function("DOLLAR(number:number, [decimals:integer])")
def dollar(number: float, decimals: int = 2) -> str:
    """A number as an amount in dollars."""
    return _currency(number, decimals, "$")


@function("RMB(number:number, [decimals:integer])")
def rmb(number: float, decimals: int = 2) -> str:
    """A number as an amount in yuan."""
    return _currency(number, decimals, "¥")
