"""Texts before, after and between delimiters; Roman and Arabic numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from xlsxeval.calc.coercion import to_integer, to_text
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.functions.text import limited
from xlsxeval.calc.numbers import decimal_of, round_half_up
from xlsxeval.calc.utf16 import utf16
from xlsxeval.calc.values import ExcelError, Grid, Scalar, grid_of_lines


def _delimiters(grid: Grid) -> list[str]:
    """The delimiters of an argument, of which any will do; a row, a column or a single one."""
    return [to_text(value) for value in grid.values()]


def _pattern(delimiters: Sequence[str], *, ignore_case: bool) -> re.Pattern[str]:
    """Any of some texts, the longest first."""
    longest = sorted((text for text in delimiters if text), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)), re.IGNORECASE if ignore_case else 0)


def _span(text: str, grid: Grid, instance: float, mode: int, end: int) -> tuple[int, int] | None:
    """Where one occurrence of a delimiter begins and ends, counted from the end for a negative number; None for none.

    With ``end`` the end of the text (or its start, from behind) is a delimiter too; an empty delimiter is at once found.
    """
    require(mode in (0, 1) and end in (0, 1))
    number = math.floor(instance)
    require(number != 0 and abs(number) <= max(utf16(text), 1))
    delimiters = _delimiters(grid)
    if any(not delimiter for delimiter in delimiters):
        edge = 0 if number > 0 else len(text)
        return edge, edge
    spans = [found.span() for found in _pattern(delimiters, ignore_case=mode == 1).finditer(text)]
    if end:
        spans = [*spans, (len(text), len(text))] if number > 0 else [(0, 0), *spans]
    place = number - 1 if number > 0 else len(spans) + number
    return spans[place] if 0 <= place < len(spans) else None


_DELIMITED: Final = (
    "(text:text, delimiter:array, [instance_num:number=], [match_mode:integer=], [match_end:integer=],"
    " [if_not_found:any=])"
)


def _missing(value: Scalar) -> Scalar:
    return "" if value is None else value


@function(f"TEXTBEFORE{_DELIMITED}")
def textbefore(
    text: str, delimiter: Grid, number: float = 1, mode: int = 0, end: int = 0, missing: Scalar = ExcelError.NA
) -> Scalar:
    """What stands before a delimiter."""
    span = _span(text, delimiter, number, mode, end)
    return _missing(missing) if span is None else text[: span[0]]


@function(f"TEXTAFTER{_DELIMITED}")
def textafter(
    text: str, delimiter: Grid, number: float = 1, mode: int = 0, end: int = 0, missing: Scalar = ExcelError.NA
) -> Scalar:
    """What stands after a delimiter."""
    span = _span(text, delimiter, number, mode, end)
    return _missing(missing) if span is None else text[span[1] :]


@function(
    "TEXTSPLIT(text:text, [col_delimiter:array=], [row_delimiter:array=], [ignore_empty:logical=],"
    " [match_mode:integer=], [pad_with:any=])",
    array=True,
)
def textsplit(
    text: str,
    columns: Grid | None = None,
    rows: Grid | None = None,
    ignore_empty: bool = False,
    mode: int = 0,
    pad: Scalar = ExcelError.NA,
) -> Grid:
    """A text cut into columns and rows; rows that are shorter end in #N/A or a value of choice."""
    require(mode in (0, 1) and not (columns is None and rows is None))

    def cut(piece: str, grid: Grid | None) -> list[str]:
        if grid is None:
            return [piece]
        delimiters = _delimiters(grid)
        require(all(delimiters))
        parts = _pattern(delimiters, ignore_case=mode == 1).split(piece)
        return [part for part in parts if part] if ignore_empty else parts

    lines = [cut(line, columns) for line in cut(text, rows)]
    lines = [line for line in lines if line] if ignore_empty else lines
    require(bool(lines), ExcelError.CALC)
    width = max(len(line) for line in lines)
    return grid_of_lines([[*line, *[pad] * (width - len(line))] for line in lines])


_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


_SHORTER: Final = (
    ((950, "LM"), (450, "LD"), (95, "VC"), (45, "VL")),
    ((990, "XM"), (490, "XD"), (99, "IC"), (49, "IL")),
    ((995, "VM"), (495, "VD")),
    ((999, "IM"), (499, "ID")),
)
"""What each step of ROMAN's form adds to the numerals."""


@function("ROMAN(number:integer, [form:scalar])")
def roman(number: int, form: Scalar = None) -> str:
    """A number up to 3999 in Roman numerals, from classical (0) to shortest (4)."""
    step = (0 if form else 4) if isinstance(form, bool) else to_integer(form)
    require(0 <= number <= 3999 and 0 <= step <= 4)
    numerals = sorted([*_ROMAN, *(pair for pairs in _SHORTER[:step] for pair in pairs)], reverse=True)
    text = ""
    for value, letters in numerals:
        count, number = divmod(number, value)
        text += letters * count
    return text


@function("ARABIC(text:text)")
def arabic(text: str) -> float:
    """The number of a Roman numeral."""
    numeral = text.strip(" ").upper()
    values = {letter: value for value, letter in _ROMAN if len(letter) == 1}
    letters = numeral.removeprefix("-")
    require(len(letters) <= 255 and all(letter in values for letter in letters))
    total = highest = 0
    for letter in reversed(letters):  # a letter counts against what stands behind it when that is more
        value = values[letter]
        total += value if value >= highest else -value
        highest = max(highest, value)
    return -float(total) if numeral.startswith("-") else float(total)


def _currency(number: float, decimals: int, symbol: str) -> str:
    require(decimals <= 127)
    text = f"{symbol}{decimal_of(abs(round_half_up(number, decimals))):,.{max(decimals, 0)}f}"
    return limited(f"({text})" if number < 0 else text)


@function("DOLLAR(number:number, [decimals:integer])")
def dollar(number: float, decimals: int = 2) -> str:
    """A number as an amount in dollars."""
    return _currency(number, decimals, "$")


@function("USDOLLAR(number:number, [decimals:integer])")
def usdollar(number: float, decimals: int = 2) -> str:
    """A number as an amount in dollars."""
    return _currency(number, decimals, "$")


@function("RMB(number:number, [decimals:integer])")
def rmb(number: float, decimals: int = 2) -> str:
    """A number as an amount in yuan."""
    return _currency(number, decimals, "¥")
