"""A roster's cell as text, code, number or date: what was typed, with the harmless accidents of typing put right."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from xlsxeval.calc import format_value
from xlsxeval.forms.values import EPOCH, INVISIBLE, read_date, read_number
from xlsxeval.roster.book import StoredCell

_DAY = dt.timedelta(days=1)
EXACT_DIGITS = 15
"""Excel keeps no more digits of a number."""


class Unreadable(ValueError):  # noqa: N818 - it names what the cell is
    """The cell holds nothing that can be taken; the message says what to do instead."""


def text_of(cell: StoredCell) -> str:
    """The text as written, without blanks and invisible characters around it; a number as the cell shows it.

    Raises Unreadable for formulas' errors and truth values.
    """
    if cell.kind in ("error", "formula"):
        return ""  # told once for the whole sheet
    if cell.kind == "boolean":
        raise Unreadable(f"应填文字，现在是逻辑值 {str(cell.value).upper()}，请重新输入")
    if cell.kind in ("number", "date"):
        return format_value(_serial(cell), cell.number_format).strip()
    return INVISIBLE.sub("", str(cell.value or "")).replace("\r\n", "\n").strip()


def is_blank(cell: StoredCell) -> bool:
    """Whether nothing, or nothing but blanks, was typed."""
    return cell.value is None or (cell.kind == "text" and not text_of(cell))


def code_of(cell: StoredCell) -> str:
    """A code with full-width letters and digits made plain. A number keeps the zeros that its format shows.

    Raises Unreadable where a number is not certainly the code that was typed.
    """
    if cell.kind == "number":
        number = float(cell.value)
        if not number.is_integer() or number < 0 or number >= 10**EXACT_DIGITS:
            raise Unreadable(
                f"代码被存成了数字，已经不是原来的样子（现为 {cell.value}）。请把这一格设成文本，再重新输入代码"
            )
        digits = str(int(number))
        return digits.zfill(len(cell.number_format)) if set(cell.number_format) == {"0"} else digits
    if cell.kind == "date":
        raise Unreadable("代码被存成了日期。请把这一格设成文本，再重新输入代码")
    return unicodedata.normalize("NFKC", text_of(cell)).strip()


def number_of(cell: StoredCell, wanted: str) -> int | float | None:
    """A number, also where it was stored as text or in full-width digits; None for a blank.

    Raises Unreadable, naming what is ``wanted``, for anything else.
    """
    if is_blank(cell) or cell.kind in ("error", "formula"):
        return None
    if cell.kind == "number":
        return _plain(cell.value)
    number = read_number(text_of(cell)) if cell.kind == "text" else None
    if number is None:
        raise Unreadable(f"{wanted}，不能填「{text_of(cell)}」")
    return _plain(number)


def date_of(cell: StoredCell) -> dt.date | None:
    """A date, also where it was stored as text that is certainly one; None for a blank. Raises Unreadable."""
    if is_blank(cell) or cell.kind in ("error", "formula"):
        return None
    if isinstance(cell.value, dt.datetime):
        return cell.value.date()
    if isinstance(cell.value, dt.date):
        return cell.value
    date = read_date(text_of(cell)) if cell.kind == "text" else None
    if date is None:
        raise Unreadable(f"应为日期，例如 2025-05-31，现在是「{text_of(cell)}」，认不出来")
    return date


def _plain(value: Any) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


def _serial(cell: StoredCell) -> float:
    value = cell.value
    if isinstance(value, dt.datetime):
        return (value - dt.datetime.combine(EPOCH, dt.time())) / _DAY
    if isinstance(value, dt.date):
        return float((value - EPOCH).days)
    if isinstance(value, dt.time):
        return (dt.datetime.combine(EPOCH, value) - dt.datetime.combine(EPOCH, dt.time())) / _DAY
    return float(value / _DAY if isinstance(value, dt.timedelta) else value)
