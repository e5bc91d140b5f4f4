"""A figure with its unit: 119.2万人, 98.5%, 百分之八十五, 九成五, 两家; and the two ends of a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsxeval.quantities.numerals import CHINESE, DIGITS, read_chinese, read_digits
from xlsxeval.quantities.units import BARE, UNITS, WORDS, MeasureUnit, QuantityKind, unit_at


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit``, the unit that this kind is kept in: 万元 for money, a share of 1 for 95%, 人 for 万人.

    ``text`` is the figure as typed (folded to half width). ``step`` is what one more in the last typed digit would be,
    in the same unit: 0.001 for 98.5%. ``spelled``: written in Chinese numerals.
    """

    value: Decimal
    unit: str
    kind: QuantityKind
    text: str
    step: Decimal
    spelled: bool = False


SIGN = r"(?:(?<![-A-Za-z0-9)%])-)?"
FRACTION = "[二三四五六七八九十]分之[一二三四五六七八九]"
PERCENT = rf"百分之(?:\d{{1,24}}(?:\.\d{{1,12}})?|[{CHINESE}点]{{1,16}})"
TENTHS = r"[一二三四五六七八九\d]成[一二三四五六七八九\d半](?![\d.])"
SPELLED = rf"[{CHINESE}]{{1,16}}(?:点[零一二三四五六七八九]{{1,6}})?"
RANGE = rf"{SIGN}{DIGITS}\s?{WORDS}?\s?[-~至到]{{1,2}}\s?{DIGITS}\s?{WORDS}?"

_OF_ONE = UNITS["%"]._replace(factor=Decimal(1))
_NUMBER = re.compile(SIGN + DIGITS)
_SPELLED = re.compile(SPELLED)
_SHARE = re.compile(f"{PERCENT}|{FRACTION}|{TENTHS}")
_ENDS = re.compile(rf"({SIGN}{DIGITS})\s?({WORDS})?\s?[-~至到]{{1,2}}\s?({DIGITS})\s?({WORDS})?")


def read_quantity(text: str, start: int = 0) -> tuple[Quantity | None, int]:
    """The figure that begins at ``start`` of a folded text, and where it ends; None where there is none to be read."""
    if match := _SHARE.match(text, start):
        return read_share(match.group()), match.end()
    if match := _NUMBER.match(text, start):
        number = read_digits(match.group())
        if number is None:
            return None, match.end()
        unit, end = unit_at(text, match.end())
        return _made(number, unit, text[start:end], _step(match.group())), end
    if match := _SPELLED.match(text, start):
        return _read_spelled(text, match)
    return None, start


def _read_spelled(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    number = read_chinese(match.group())
    if number is None:
        return None, match.end()
    unit, end = unit_at(text, match.end())
    return _made(number, unit, text[match.start() : end], Decimal(1), spelled=True), end


def read_share(text: str) -> Quantity | None:
    """``百分之八十五``, ``九成五``, ``三分之二`` as a share of 1."""
    if text.startswith("百分之"):
        number = _either(text.removeprefix("百分之"))
        return None if number is None else _made(number, UNITS["%"], text, Decimal(1))
    if "分之" in text:
        whole, part = (_either(one) for one in text.split("分之"))
        return None if whole is None or part is None else _made(part / whole, _OF_ONE, text, Decimal("0.01"))
    tens, ones = (_either(part) for part in text.replace("半", "五").split("成"))
    if tens is None or ones is None:
        return None
    return _made(tens + ones / 10, UNITS["成"], text, Decimal("0.1"))


def _either(text: str) -> Decimal | None:
    if text == "百":
        return Decimal(100)
    return read_digits(text) if text[:1].isdigit() else read_chinese(text)


def read_range(text: str) -> tuple[Quantity, Quantity] | None:
    """``9-15个月``, ``80%~90%`` of a folded text: low and high; None where they are not two of one unit, the lower first."""
    match = _ENDS.fullmatch(text)
    if not match:
        return None
    low, high = read_digits(match[1]), read_digits(match[3])
    second = UNITS[match[4]] if match[4] else BARE
    first = UNITS[match[2]] if match[2] else second
    if low is None or high is None or first.name != second.name:
        return None
    lower = _made(low, first, match[1] + (match[2] or match[4] or ""), _step(match[1]))
    upper = _made(high, second, match[3] + (match[4] or ""), _step(match[3]))
    return (lower, upper) if lower.value < upper.value else None


def _step(number: str) -> Decimal:
    return Decimal(1).scaleb(-len(number.partition(".")[2]))


def _made(number: Decimal, unit: MeasureUnit, text: str, step: Decimal, *, spelled: bool = False) -> Quantity:
    return Quantity(number * unit.factor, unit.name, unit.kind, text.strip(), step * unit.factor, spelled)
