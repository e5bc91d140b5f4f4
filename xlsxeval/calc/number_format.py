"""Number formats read into sections and items: ``#,##0.00;[Red]-0``, ``yyyy年m月d日``, ``[DBNum2]General``.

Source: ECMA-376 part 1, 18.8.31 (numFmts); Microsoft, "Number format codes".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple


class FormatError(ValueError):
    """A number format that cannot be read."""


class FormatItem(NamedTuple):
    """One piece: kind ``literal``, ``digit``, ``point``, ``comma``, ``percent``, ``exponent``, ``slash``, ``text``,
    ``general``, or one of a date: ``date``, ``elapsed``, ``half``, ``fraction``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of up to four parts of a format; ``numerals`` is 0, or 1 to 3 for ``[DBNum1]`` to ``[DBNum3]``."""

    items: tuple[FormatItem, ...]
    condition: Callable[[float], bool] | None = None
    negative_only: bool = False
    numerals: int = 0
    chinese: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        return any(item.kind in ("date", "elapsed", "half") for item in self.items)


_ITEM: Final = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\[\]]*)\]
    | (?P<general>[Gg][Ee][Nn][Ee][Rr][Aa][Ll]|G/通用格式)
    | (?P<half>[Aa][Mm]/[Pp][Mm]|[Aa]/[Pp]|上午/下午)
    | (?P<exponent>[Ee][+-])(?=[^;]*[0#?])
    | (?P<fraction>(?<=[Ss])\.0+|(?<=[Ss]\])\.0+)
    | (?P<date>[Yy]+|[Mm]+|[Dd]+|[Hh]+|[Ss]+|a{3,4}|A{3,4}|[Ee]+|[Bb]{1,4}|[Gg]{1,3})
    | (?P<digit>[0\#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/)
    | (?P<text>@)
    | (?P<literal>[^YyMmDdHhSsEeGgBbNnAa"])
    """,
    re.VERBOSE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:[Ee][+-]?[0-9]+)?)\Z")
_ELAPSED: Final = re.compile(r"(h+|m+|s+)\Z", re.IGNORECASE)
_OF_NUMBERS: Final = frozenset({"exponent", "percent", "text"})
"""Items that no date has."""

_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


@lru_cache(maxsize=512)
def read_format(number_format: str) -> tuple[FormatSection, ...]:
    """The sections of a format. Raises FormatError when it holds a letter that means nothing."""
    sections = tuple(_read_section(text) for text in _split(number_format))
    if len(sections) > 4:
        raise FormatError(number_format)
    return sections


def _split(text: str) -> list[str]:
    """Cuts at semicolons that stand neither in quotes nor in brackets nor after an escape."""
    parts = [""]
    for piece in re.findall(r'"[^"]*"?|[\\!_*].|\[[^\[\]]*\]|.', text, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


class _Reader:
    """Collects the items of one section and what its brackets say."""

    def __init__(self) -> None:
        self.items: list[FormatItem] = []
        self.condition: Callable[[float], bool] | None = None
        self.negative_only = False
        self.numerals = 0
        self.chinese = False

    def bracket(self, text: str) -> None:
        if condition := _CONDITION.match(text):
            compare, bound = _COMPARE[condition[1]], float(condition[2])
            self.condition = lambda value: compare(value, bound)
            self.negative_only = (condition[1] == "<" and bound <= 0) or (condition[1] in ("<=", "=") and bound < 0)
        elif _ELAPSED.match(text):
            self.items.append(FormatItem("elapsed", text.lower()))
        elif text.upper().startswith("DBNUM") and text[5:] in ("1", "2", "3"):
            self.numerals = int(text[5:])
        elif text.startswith("$"):
            symbol, _, country = text[1:].partition("-")
            self.chinese = self.chinese or country.upper().endswith("804")
            if symbol:
                self.items.append(FormatItem("literal", symbol))


def _read_section(text: str) -> FormatSection:
    reader = _Reader()
    position = 0
    while position < len(text):
        match = _ITEM.match(text, position)
        if match is None or match.lastgroup is None:
            raise FormatError(text)
        kind, piece = match.lastgroup, match[match.lastgroup]
        if kind == "bracket":
            reader.bracket(piece)
        elif kind in ("quoted", "escaped", "literal"):
            reader.items.append(FormatItem("literal", piece))
        elif kind == "space":
            reader.items.append(FormatItem("literal", " "))
        elif kind != "fill":
            reader.items.append(FormatItem(kind, piece.lower() if kind == "date" else piece))
        position = match.end()
    if reader.numerals and not reader.items:
        reader.items.append(FormatItem("general", "General"))
    items = _with_minutes(reader.items)
    if any(item.kind in ("date", "elapsed") for item in items) and any(
        item.kind in _OF_NUMBERS or (item.kind == "digit" and item.text != "0") for item in items
    ):
        raise FormatError(text)
    return FormatSection(tuple(items), reader.condition, reader.negative_only, reader.numerals, reader.chinese)


def _with_minutes(items: list[FormatItem]) -> list[FormatItem]:
    """``m`` after hours or before seconds means minutes: it becomes ``n``."""
    result = list(items)
    times = [place for place, item in enumerate(items) if item.kind in ("date", "elapsed")]
    for order, place in enumerate(times):
        if items[place].kind != "date" or items[place].text not in ("m", "mm"):
            continue
        before = items[times[order - 1]].text[0] if order else ""
        after = items[times[order + 1]].text[0] if order + 1 < len(times) else ""
        if before in ("h", "s") or after == "s":
            result[place] = FormatItem("date", "n" * len(items[place].text))
    return result
