"""Constants and cached values as a cell writes them: numbers, booleans, errors, ISO dates, escaped text."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from xlsxeval.calc import ExcelError

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOOLEANS = {"0": False, "1": True}
_ERRORS = frozenset(error.value for error in ExcelError)


def number(text: str) -> float | None:
    """A finite number, or None for anything that Excel would not write: ``NaN``, ``1E400``, ``12abc``, ``１２``."""
    if len(text) > 400 or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def boolean(text: str) -> bool | None:
    """``1`` or ``0``; None for anything else: the words that XML Schema allows besides are read by some programs only."""
    return _BOOLEANS.get(text)


def error(text: str) -> str:
    """The error as one that the evaluator knows; ``#VALUE!`` for newer or invented ones."""
    return text if text in _ERRORS else ExcelError.VALUE.value


def serial(text: str, *, date1904: bool) -> float | None:
    """An ISO 8601 date or time as Excel's serial number; None for what is no date, such as the 30th of February."""
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None
    if moment.tzinfo is not None:
        return None
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    days = (moment - epoch).total_seconds() / 86400
    if not date1904 and moment.date() < date(1900, 3, 1):
        days -= 1  # Excel counts a 29th of February 1900 that never was
    return days if days >= 0 else None


def unescape(text: str) -> str:
    """Open XML's ``_x000D_`` for a character that XML cannot carry; half of a surrogate pair stays as written."""
    if "_x" not in text:
        return text
    return _SURROGATE.sub(
        lambda half: f"_x{ord(half.group()):04X}_",
        _PAIR.sub(_joined, _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)),
    )


def _joined(pair: re.Match[str]) -> str:
    return pair.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le")
