"""Every figure in running prose, with what it is: an amount, a date, the number of a paper, a version, …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from xlsxeval.quantities.numerals import CHINESE, DIGITS, Folded, fold
from xlsxeval.quantities.quantity import (
    FRACTION,
    PERCENT,
    RANGE,
    SIGN,
    SPELLED,
    TENTHS,
    Quantity,
    read_quantity,
    read_range,
)


class SpanKind(StrEnum):
    """What a figure in prose is. Only FIGURE and RANGE speak of an amount."""

    FIGURE = "figure"
    RANGE = "range"
    DATE = "date"
    DOCUMENT = "document"
    ORDINAL = "ordinal"
    VERSION = "version"
    RATIO = "ratio"
    CODE = "code"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """``original[start:end]`` is the figure, ``text`` the same folded to half width.

    ``quantities`` are one for a FIGURE, two (low, high) for a RANGE, else none. ``exact`` is False where the words around
    it leave the figure open: 约, 近, 超过, ≥ before it, 余, 多, 以上, 左右 after it.
    """

    start: int
    end: int
    kind: SpanKind
    text: str
    quantities: tuple[Quantity, ...] = ()
    exact: bool = True

    @property
    def quantity(self) -> Quantity | None:
        """The one quantity of a FIGURE."""
        return self.quantities[0] if self.kind is SpanKind.FIGURE else None


_HAN = f"[{CHINESE}]{{1,12}}"
_YEAR = r"(?:19|20)\d\d"
_LINE = r"(?:(?m:^)|(?<=[;；。:\s]))"
# What a figure is, in the order in which it is tried; every repetition is bounded or of one kind of character.
_PATTERNS = {
    SpanKind.DOCUMENT: (
        rf"[〔\[(【]{_YEAR}[〕\])】]\s{{0,3}}第?\s{{0,3}}\d{{1,5}}\s{{0,3}}号",
        r"\d{1,5}号(?!线)",
    ),
    SpanKind.ORDINAL: (
        rf"(?:附件|附表|图|表)\s?(?:\d{{1,3}}(?:-\d{{1,3}}){{0,3}}(?![\d.])|{_HAN})",
        rf"第\s?(?:\d{{1,6}}|{_HAN})",
        rf"[(（](?:\d{{1,2}}|{_HAN})[)）]",
        "[①-⑳⑴-⒇㈠-㈩]",
        rf"{_LINE}(?:\d{{1,2}}[.、)](?!\d|-)|\d{{1,2}}[.、](?={_YEAR}\s?年)|{_HAN}、)",
    ),
    SpanKind.DATE: (
        rf"{_YEAR}\s?年?度?\s?[-~至到]\s?{_YEAR}\s?年度?",
        rf"{_YEAR}\s?年(?:度|\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?[日号]|份|底|初|末)?)?(?!个)",
        rf"{_YEAR}(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?![\d.])",
        r"\d{1,2}\s?[-~至到]\s?\d{1,2}\s?月份?",
        r"\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|份|底|初|末|中旬|上旬|下旬)?",
        r"\d\d年(?=级|初|末|底|代)",
        r"\d{1,2}:\d\d(?::\d\d)?(?![\d:])",
        r"[一二][九〇零][〇零一二三四五六七八九]{2}年(?:度|十?[一二三四五六七八九十]月(?:[一二三四五六七八九十]{1,3}日)?)?",
        r"十[一二三四五]五(?=规划|时期|期间|末|[\"”」])",
    ),
    SpanKind.CODE: (
        r"\d+\*+[\d*]*",
        r"0\d{2,3}-\d{7,8}(?!\d)",
        r"1[3-9]\d{9}(?!\d)",
        r"\d{17}[\dXx](?!\d)",
        r"\d{5}(?=\D{0,6}热线)",
    ),
    SpanKind.VERSION: (r"[A-Za-z]{1,12}[-_.]?\d+(?:\.\d+)*", r"\d+(?:\.\d+){2,}", r"\d+[GKDP](?![A-Za-z])|\d\.\d版"),
    SpanKind.RATIO: (r"\d+(?:\.\d+)?:\d+(?:\.\d+)?", r"\d{1,6}/\d{1,6}(?![\d.%])"),
    SpanKind.RANGE: (RANGE,),
    SpanKind.FIGURE: (PERCENT, FRACTION, TENTHS, SIGN + DIGITS, SPELLED),
}
_TOKEN = re.compile("|".join(f"(?P<{kind.value}>{'|'.join(patterns)})" for kind, patterns in _PATTERNS.items()))
_OPEN_BEFORE = re.compile(r"(?:约为?|近|逾|超过?|大于|小于|高于|低于|少于|多于|不足|至少|至多|最多|最少|[≥≤<>])\s?$")
_OPEN_AFTER = re.compile(r"\s?(?:余|多[^次元少]|左右|上下|(?:及)?以[上下内]|之内)")
_JOINED = re.compile(r"[,.]\d[\d.,]*")


def scan(text: str) -> list[TextSpan]:
    """Every figure of a text, from left to right, none overlapping another. The time grows with the text's length only."""
    whole = _with_clauses(text, fold(text))
    spans = []
    position = 0
    while match := _TOKEN.search(whole.text, position):
        read = _figure(whole, match) if match.lastgroup == "figure" else _other(whole, match)
        position = match.end()
        if read is not None:
            kind, end, quantities = read
            position = max(end, position)
            first, last = whole.offsets[match.start()], whole.offsets[position - 1] + 1
            exact = not _left_open(whole.text, match.start(), position)
            spans.append(TextSpan(first, last, kind, whole.text[match.start() : position], quantities, exact))
    return spans


def _left_open(text: str, start: int, end: int) -> bool:
    return bool(_OPEN_BEFORE.search(text, max(0, start - 4), start) or _OPEN_AFTER.match(text, end))


_COMMA = re.compile(",")
_THREE = re.compile(r"\d{3}(?!\d)")


def _with_clauses(text: str, whole: Folded) -> Folded:
    """A full-width comma parts clauses, unless exactly three digits follow: 1，234 is one figure, 98%，6家 are two."""
    plain = list(whole.text)
    for comma in _COMMA.finditer(whole.text):
        if text[whole.offsets[comma.start()]] == "，" and not _THREE.match(whole.text, comma.end()):
            plain[comma.start()] = ";"
    return Folded("".join(plain), whole.offsets)


_Read = tuple[SpanKind, int, tuple[Quantity, ...]]


def _other(whole: Folded, match: re.Match[str]) -> _Read:
    kind = SpanKind(match.lastgroup or "")
    if kind is not SpanKind.RANGE:
        return kind, match.end(), ()
    ends = read_range(match.group())
    broken = _JOINED.match(whole.text, match.end()) if match.group()[-1].isdigit() else None
    if ends is None or broken:
        return SpanKind.UNREAD, broken.end() if broken else match.end(), ()
    return kind, match.end(), ends


def _figure(whole: Folded, match: re.Match[str]) -> _Read | None:
    """A figure with the unit after it. Chinese numerals count only before a unit: 一 is in too many words."""
    broken = _JOINED.match(whole.text, match.end())
    if broken and match.group()[-1:].isdigit():
        return SpanKind.UNREAD, broken.end(), ()
    quantity, end = read_quantity(whole.text, match.start())
    if quantity is None:
        return (SpanKind.UNREAD, match.end(), ()) if any(char.isdigit() for char in match.group()[:30]) else None
    if quantity.spelled and not quantity.unit:
        return None
    return SpanKind.FIGURE, end, (quantity,)
