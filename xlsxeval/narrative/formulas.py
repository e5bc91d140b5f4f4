"""Sums that a text writes out: 48÷50＝96%, （5－5.2）÷5.2＝－3.85%, 388÷400×100%＝97%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation

from xlsxeval.narrative.amounts import plain
from xlsxeval.narrative.passage import Passage
from xlsxeval.narrative.slips import Slip

_SIGNS = str.maketrans("（）＋－—×＊÷／＝％，﹣−", "()+--**//=%,--")
_NUMBER = r"\d{1,12}(?:\.\d{1,6})?"
_TERM = rf"[(（]{{0,2}}-?{_NUMBER}%?(?:万?元|[人名个分项])?[)）]{{0,2}}"
_WRITTEN = re.compile(
    rf"(?<![\d.%/+*-])(?P<sum>{_TERM}(?:[-+*/]{_TERM}){{1,8}})=(?P<result>-?{_NUMBER})(?P<percent>%?)(?![\d.])"
)
_PARTS = re.compile(rf"{_NUMBER}%?|[-+*/()]")
_UNITS = re.compile("万?元|[人名个分项]")


def wrong_formulas(passage: Passage) -> Iterator[Slip]:
    """Every sum of numbers written out with its result, where the result is another one, rounded or cut off."""
    text = passage.text.translate(_SIGNS)
    if "=" not in text:
        return
    for found in _WRITTEN.finditer(text):
        value = _value(_PARTS.findall(_UNITS.sub("", found["sum"])))
        if value is None:
            continue
        shown = Decimal(found["result"])
        step = Decimal(1).scaleb(-len(found["result"].partition(".")[2]))
        ways = [value * 100] if found["percent"] else [value]
        if "100%" in found["sum"] and not found["percent"]:
            ways.append(value * 100)
        if any(abs(way - shown) <= step for way in ways):
            continue
        start, end = found.start("result"), found.end("percent")
        expected = f"{plain(ways[0].quantize(Decimal('0.01')))}{found['percent']}"
        written = passage.text[found.start() : found.end("sum")]
        yield Slip(
            "formula",
            passage,
            start,
            end,
            "与写出的算式不符",
            passage.text[start:end],
            expected,
            f"{written} = {expected}",
        )


def _value(parts: list[str]) -> Decimal | None:
    """The value of a sum by the usual precedence; None where it is none: brackets that do not match, nothing to divide by."""
    rest = parts[::-1]
    try:
        value = _sum(rest)
    except (IndexError, InvalidOperation, DivisionByZero):
        return None
    return None if rest else value


def _sum(rest: list[str]) -> Decimal:
    value = _product(rest)
    while rest and rest[-1] in "+-":
        value = value + _product(rest) if rest.pop() == "+" else value - _product(rest)
    return value


def _product(rest: list[str]) -> Decimal:
    value = _factor(rest)
    while rest and rest[-1] in "*/":
        value = value * _factor(rest) if rest.pop() == "*" else value / _factor(rest)
    return value


def _factor(rest: list[str]) -> Decimal:
    part = rest.pop()
    if part == "-":
        return -_factor(rest)
    if part == "(":
        value = _sum(rest)
        if rest.pop() != ")":
            raise InvalidOperation
        return value
    return Decimal(part.removesuffix("%")) / (100 if part.endswith("%") else 1)
