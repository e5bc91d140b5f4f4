"""A figure with its unit, and every figure in running prose with what it is: a quantity, a date, a number of a paper, …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xlsxeval.quantities.numerals import CHINESE, DIGITS, Folded, fold, read_chinese, read_digits
from xlsxeval.quantities.units import BARE, UNITS, Kind, Unit, find_unit

# In this unit of its own, so that no value is mistaken for a share: 5 成 5 is 55 %.
_TENTHS = UNITS["成"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit``, the unit that this kind is kept in: 万元 for money, a share of 1 for 95%, 人 for 万人.

    ``text`` is the figure as typed (folded to half width). ``step`` is what one more in the last typed digit would be,
    in the same unit: 0.001 for 98.5%. ``spelled``: written in Chinese numerals.
    """

    value: Decimal
    unit: str
    kind: Kind
    text: str
    step: Decimal
    spelled: bool = False


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
class Span:
    """``original[start:end]`` is the figure; ``quantities`` one for a FIGURE, two (low, high) for a RANGE, else none."""

    start: int
    end: int
    kind: SpanKind
    text: str
    quantities: tuple[Quantity, ...] = ()

    @property
    def quantity(self) -> Quantity | None:
        """The one quantity of a FIGURE."""
        return self.quantities[0] if self.kind is SpanKind.FIGURE else None


_HAN = f"[{CHINESE}]{{1,12}}"
_UNIT = "(?:" + "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True)) + ")"
_SIGN = r"(?:(?<![-A-Za-z0-9)%])-)?"
_TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("document", r"[〔\[(【](?:19|20)\d\d[〕\])】]\s{0,3}第?\s{0,3}\d{1,5}\s{0,3}号|\d{1,5}号(?!线)"),
            ("ordinal", rf"(?:附件|附表|图|表)\s?(?:\d{{1,3}}(?:-\d{{1,3}}){{0,3}}(?![\d.])|{_HAN})"
                        rf"|第\s?(?:\d{{1,6}}|{_HAN})|[(（](?:\d{{1,2}}|{_HAN})[)）]|[①-⑳⑴-⒇㈠-㈩]"
                        rf"|(?m:^)[ ]{{0,8}}(?:\d{{1,2}}[.、)](?!\d)|{_HAN}、)"),
            ("date", rf"(?:19|20)\d\d\s?(?:年度?)?\s?[-~至到]\s?(?:19|20)\d\d\s?年度?|(?:19|20)\d\d\s?年(?:度|\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?[日号])?)?"
                     r"|(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}(?![\d.])"
                     r"|\d{1,2}\s?[-~至到]\s?\d{1,2}\s?月份?|\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|份|底|初|末|中旬|上旬|下旬)?"
                     r"|(?:(?:19|20)\d\d|\d\d)年(?=级|初|末|底|代)|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
                     r"|[一二][九〇零][〇零一二三四五六七八九]{2}年(?:度|十?[一二三四五六七八九十]月(?:[一二三四五六七八九十]{1,3}日)?)?"
                     r"|十[一二三四五]五(?=规划|时期|期间|末|[\"”」])"),
            ("code", r"\d+\*+[\d*]*|0\d{2,3}-\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|\d{17}[\dXx](?!\d)"),
            ("version", r"[A-Za-z]{1,12}[-_.]?\d+(?:\.\d+)*|\d+(?:\.\d+){2,}|\d+[GKDP](?![A-Za-z])"),
            ("ratio", r"\d+(?:\.\d+)?:\d+(?:\.\d+)?|\d{1,6}/\d{1,6}(?![\d.%])"),
            ("range", rf"{_SIGN}{DIGITS}\s?{_UNIT}?\s?[-~至到]{{1,2}}\s?{DIGITS}\s?{_UNIT}?"),
            ("percent", rf"百分之(?:{DIGITS}|[{CHINESE}点]{{1,16}})"),
            ("tenths", rf"[一二三四五六七八九]成[一二三四五六七八九半](?!{_UNIT})|\d成[\d半](?![\d.])"),
            ("figure", rf"{_SIGN}{DIGITS}"),
            ("spelled", rf"[{CHINESE}]{{1,16}}(?:点[零一二三四五六七八九]{{1,6}})?"),
        )
    )
)  # fmt: skip
_JOINED = re.compile(r"[,.]\d")
_NUMBER = re.compile(rf"{_SIGN}{DIGITS}")
# A measure word that is the beginning of another word is none: 5 成 of 5 成本, 3 处 of 3 处理.
_BEGINS = {
    "成": "为本品功立绩效果员长交年熟都",
    "分": "别类析开配布解级局公",
    "部": "分署",
    "方": "案面式法",
    "处": "理置罚方",
    "所": "有在以",
    "本": "级年市单部",
    "家": "庭属",
    "班": "子",
    "面": "积对向",
    "个": "人体税",
    "名": "称",
    "点": "击评",
    "人": "民",
    "单": "位",
    "里": "面",
    "对": "应比照",
    "日": "常",
    "级": "财预",
}


def scan(text: str) -> list[Span]:
    """Every figure of a text, from left to right, none overlapping another. Time grows with the text's length only."""
    whole = fold(text)
    found = []
    position = 0
    while match := _TOKEN.search(whole.text, position):
        span = _span(whole, match)
        position = match.end()
        if span is not None:
            found.append(span)
            position = max(position, _folded_end(whole, span.end, position))
    return found


def _folded_end(whole: Folded, end: int, position: int) -> int:
    while position < len(whole.text) and whole.offsets[position] < end:
        position += 1
    return position


def _span(whole: Folded, match: re.Match[str]) -> Span | None:
    name = match.lastgroup or ""
    start, end = match.span()
    if name in ("figure", "percent", "tenths", "spelled"):
        return _figure(whole, name, start, end)
    quantities: tuple[Quantity, ...] = ()
    kind = SpanKind(name)
    if kind is SpanKind.RANGE:
        quantities = read_range(match.group()) or ()
        if not quantities or _JOINED.match(whole.text, end):
            kind, quantities = SpanKind.UNREAD, ()
    return _made(whole, start, end, kind, quantities)


def _figure(whole: Folded, name: str, start: int, end: int) -> Span | None:
    text = whole.text
    if name == "figure" and _JOINED.match(text, end):
        broken = re.compile(r"[\d.,]+").match(text, end)
        return _made(whole, start, broken.end() if broken else end, SpanKind.UNREAD, ())
    if name in ("figure", "spelled"):
        quantity, end = read_quantity(text, start)
        if name == "spelled" and (quantity is None or not quantity.unit):
            return None
    else:
        quantity = read_share(text[start:end])
    if quantity is None:
        return _made(whole, start, end, SpanKind.UNREAD, ())
    return _made(whole, start, end, SpanKind.FIGURE, (quantity,))


def _made(whole: Folded, start: int, end: int, kind: SpanKind, quantities: tuple[Quantity, ...]) -> Span:
    first, last = whole.offsets[start], whole.offsets[end - 1] + 1
    return Span(first, last, kind, whole.text[start:end], quantities)


_SPELLED = re.compile(rf"[{CHINESE}]{{1,16}}(?:点[零一二三四五六七八九]{{1,6}})?")


def read_quantity(text: str, start: int = 0) -> tuple[Quantity | None, int]:
    """The figure with its unit that begins at ``start`` of a folded text, and where it ends; None and ``start`` if none does."""
    if match := _NUMBER.match(text, start):
        number = read_digits(match.group())
        end, spelled = match.end(), False
    elif match := _SPELLED.match(text, start):
        return _read_spelled(text, match)
    else:
        return None, start
    if number is None:
        return None, end
    word, unit, end = _unit_at(text, end)
    return _quantity(number, unit, text[start:end].strip(), _step(match.group()), spelled), end


def _read_spelled(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """Chinese numerals: the numeral may have eaten the scale of its unit (万 of 十二万元), so both are read as one."""
    number = read_chinese(match.group())
    if number is None:
        return None, match.end()
    _, unit, end = _unit_at(text, match.end())
    if unit is UNITS["万元"] or (unit.name == "万元" and text[match.end() : end] == "元"):
        unit = UNITS["元"]
    return _quantity(number, unit, text[match.start() : end].strip(), Decimal(1), True), end


def read_share(text: str) -> Quantity | None:
    """``百分之八十五``, ``九成五``: a share of 1."""
    if text.startswith("百分之"):
        part = text.removeprefix("百分之")
        number = Decimal(100) if part == "百" else read_digits(part) if part[0].isascii() else read_chinese(part)
        return None if number is None else _quantity(number, UNITS["%"], text, Decimal(1), False)
    first, _, second = text.partition("成")
    tens = read_digits(first) if first.isascii() else read_chinese(first)
    ones = Decimal(5) if second == "半" else read_digits(second) if second.isascii() else read_chinese(second)
    if tens is None or ones is None:
        return None
    return _quantity(tens + ones / 10, _TENTHS, text, Decimal("0.1"), False)


_RANGE = re.compile(rf"({_SIGN}{DIGITS})\s?({_UNIT})?\s?[-~至到]{{1,2}}\s?({DIGITS})\s?({_UNIT})?")


def read_range(text: str) -> tuple[Quantity, Quantity] | None:
    """``9-15个月``, ``80%~90%``, of a folded text: low and high in one unit; None where they are not two of a kind."""
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    low, high = read_digits(match[1]), read_digits(match[3])
    if low is None or high is None:
        return None
    second = UNITS[match[4]] if match[4] else BARE
    first = UNITS[match[2]] if match[2] else second
    if first.name != second.name:
        return None
    ends = (
        _quantity(low, first, match[1] + (match[2] or match[4] or ""), _step(match[1]), False),
        _quantity(high, second, match[3] + (match[4] or ""), _step(match[3]), False),
    )
    return ends if ends[0].value < ends[1].value else None


def _unit_at(text: str, end: int) -> tuple[str, Unit, int]:
    blank = 1 if text[end : end + 1] == " " else 0
    found = find_unit(text, end + blank)
    if found is None:
        return "", BARE, end
    word, unit = found
    after = end + blank + len(word)
    if text[after : after + 1] in tuple(_BEGINS.get(word[-1], "")) and text[after : after + 1]:
        shorter = word[:-1]
        return (shorter, UNITS[shorter], after - 1) if shorter in UNITS else ("", BARE, end)
    return word, unit, after


def _step(number: str) -> Decimal:
    return Decimal(1).scaleb(-len(number.partition(".")[2]))


def _quantity(number: Decimal, unit: Unit, text: str, step: Decimal, spelled: bool) -> Quantity:
    return Quantity(number * unit.factor, unit.name, unit.kind, text, step * unit.factor, spelled)


def figures(spans: list[Span]) -> Iterator[Quantity]:
    """The quantities of all FIGUREs."""
    for span in spans:
        if span.quantity is not None:
            yield span.quantity
