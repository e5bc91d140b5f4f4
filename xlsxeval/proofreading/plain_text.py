"""Texts as they are compared: what only the keyboard, the program or the width of characters makes different is gone."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsxeval.quantities.numerals import folded

_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)")
_QUOTES = str.maketrans("“”‘’＂", '""\'\'"')
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NOTHING = frozenset({"", "-", "--", "/", "—", "——", "无"})


def plain(text: str) -> str:
    """The text in one spelling, without blanks."""
    return _BLANK.sub("", folded(text)).translate(_QUOTES)


def wordless(text: str) -> str:
    """The words of a text without its figures: what is the same where only figures were changed."""
    return _DIGITS.sub("#", plain(text))


def number(text: str) -> Decimal | None:
    """What a cell shows as a number, 95% as 0.95; None for a text."""
    match = _NUMBER.fullmatch(plain(text))
    if match is None:
        return None
    value = Decimal(match[1] + match[2].replace(",", "") + (match[3] or ""))
    return value / 100 if match[4] else value


def same(one: str, other: str) -> bool:
    """Whether two cells say the same: numbers by their value, texts by their words, nothing however it is written."""
    first, second = plain(one), plain(other)
    if first == second or (first in _NOTHING and second in _NOTHING):
        return True
    values = number(one), number(other)
    return values[0] is not None and values[0] == values[1]
