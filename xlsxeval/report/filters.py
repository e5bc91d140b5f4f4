"""The filters of report templates: ``{{ overall.funds.executed|money }}``. Each takes a field and gives a text.

What is blank shows as ``—`` unless the filter is told otherwise (``|money(blank="0")``); a text in the place of a
number stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from xlsxeval.calc import format_value
from xlsxeval.report.fields import BlankValue

BLANK = "—"
_POINTS = re.compile(r"[（(]\s{0,9}\d{1,9}(?:\.\d{1,9})?\s{0,9}分?\s{0,9}[）)]\s*$")
_LEAD = re.compile(r"^\s*(?:[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}是)[^。\n]{0,60}。")


def number(value: Any, digits: int = 2, blank: str = BLANK) -> str:
    """``2113.82``, ``94``, ``0.52``: rounded half up, without trailing zeros."""
    decimal = _decimal(value)
    if decimal is None:
        return _text(value, blank)
    text = f"{_rounded(decimal, digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Any, digits: int = 2, blank: str = BLANK) -> str:
    """``2113.82``, ``450.40``, ``94``: as the tables show it, a whole amount without decimals."""
    decimal = _decimal(value)
    return _text(value, blank) if decimal is None else _as_in_tables(decimal, digits)


def thousands(value: Any, digits: int = 2, blank: str = BLANK) -> str:
    """``1,796.90``: as ``money``, in groups of three."""
    text = money(value, digits, blank)
    return text if _decimal(value) is None else f"{Decimal(text):,}"


def percent(value: Any, digits: int = 2, blank: str = BLANK) -> str:
    """``97.90%`` from 0.979, as the tables show it; a whole percentage without decimals (``100%``)."""
    decimal = _decimal(value)
    return _text(value, blank) if decimal is None else f"{_as_in_tables(decimal * 100, digits)}%"


def dx(value: Any, blank: str = BLANK) -> str:
    """An amount in 万元 as 大写人民币: 2113.82 → 贰仟壹佰壹拾叁万捌仟贰佰元整."""
    decimal = _decimal(value)
    if decimal is None:
        return _text(value, blank)
    cents = int(_rounded(abs(decimal) * 10000, 2) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    tail = "整"
    if jiao or fen:
        tail = (f"{_capital(jiao)}角" if jiao else "零") + (f"{_capital(fen)}分" if fen else "整")
        tail = tail.removeprefix("零") if not yuan else tail
    head = f"{_capital(yuan)}元" if yuan or not (jiao or fen) else ""
    return ("负" if decimal < 0 and cents else "") + head + tail


def lines(value: Any) -> list[str]:
    """The paragraphs of a text, one a line, without empty lines; none for a blank."""
    return [line.strip() for line in str(value).split("\n") if line.strip()]


def lead(value: Any) -> str:
    """The opening that is set in bold: up to the first 。 of a paragraph that begins with （1） or 一是; else nothing."""
    text = str(value)
    match = _LEAD.match(text)
    return match.group() if match and match.end() < len(text.rstrip()) else ""


def rest(value: Any) -> str:
    """The paragraph without its ``lead``."""
    text = str(value)
    return text[len(lead(text)) :]


def clause(value: Any) -> str:
    """A text to go on with inside a sentence: without blanks around and without punctuation at its end."""
    return str(value).strip().rstrip("。；;，,、.")


def plain(value: Any) -> str:
    """A heading without the points in brackets behind it: 产出指标(50分) → 产出指标."""
    return _POINTS.sub("", str(value)).strip()


def containing(value: Any, part: str) -> bool:
    """The test ``containing``: whether a text has these words in it."""
    return part in str(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": money,
    "number": number,
    "thousands": thousands,
    "percent": percent,
    "dx": dx,
    "lines": lines,
    "lead": lead,
    "rest": rest,
    "clause": clause,
    "plain": plain,
}
TESTS: Mapping[str, Callable[..., bool]] = {"containing": containing}


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        return value + 0
    return Decimal(f"{value:.15g}") if isinstance(value, int | float) else None


def _as_in_tables(value: Decimal, digits: int) -> str:
    rounded = _rounded(value, digits)
    return f"{rounded:.0f}" if rounded == rounded.to_integral_value() else f"{rounded:f}"


def _rounded(value: Decimal, digits: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def _text(value: Any, blank: str) -> str:
    return blank if value is None or isinstance(value, BlankValue) else str(value) or blank


def _capital(whole: int) -> str:
    return format_value(float(whole), "[DBNum2]General")
