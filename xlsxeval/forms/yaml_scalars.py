"""What a plain word in a YAML 1.2 file means: nothing, true, a number, a date; anything else is a text."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any, Final

CORE: Final = "tag:yaml.org,2002:"

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS: Final = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_BEGINS: Final = frozenset("-+.0123456789")
"""What numbers and dates begin with: most texts are known by their first character."""
_WHOLE = re.compile(r"([-+]?)(?:0b(_*[01][01_]*)|0o(_*[0-7][0-7_]*)|0x(_*[0-9a-fA-F][0-9a-fA-F_]*)|(_*[0-9][0-9_]*))")
_FRACTION = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)"
)
_NO_FRACTION = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?"
    r"(?:[ \t]*(?:(Z)|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?"
)


def plain_value(text: str) -> Any:
    """The value of a word that has neither quotation marks nor a tag. Raises ValueError for a number too long to read.

    Only ``true`` and ``false`` are logical values, ``0o17`` and not ``017`` is octal, ``12:30:45`` is a text. A date of
    no calendar (2025-02-30) is a text too, so that what expects a date can tell of it at its place.
    """
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in _BEGINS:
        return text
    return next((value for read in (_whole, _fraction, _date) if (value := read(text)) is not None), text)


def _whole(text: str) -> int | None:
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    sign, *digits = found.groups()
    number = next(int(part.replace("_", ""), base) for part, base in zip(digits, (2, 8, 16, 10), strict=True) if part)
    return -number if sign == "-" else number


def _fraction(text: str) -> float | None:
    if _FRACTION.fullmatch(text):
        return float(text.replace("_", ""))
    found = _NO_FRACTION.fullmatch(text)
    if found is None:
        return None
    if found[1] is None:
        return math.nan
    return -math.inf if found[1] == "-" else math.inf


def _date(text: str) -> dt.date | None:
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
        found = _MOMENT.fullmatch(text)
        return None if found is None else _moment(*found.groups())
    except (ValueError, OverflowError):
        return None


def _moment(*parts: str | None) -> dt.datetime:
    *whole, fraction, utc, sign, hours, minutes = parts
    year, month, day, hour, minute, second = (int(part or 0) for part in whole)
    moment = dt.datetime(year, month, day, hour, minute, second, int(f"{fraction or 0:0<6}"[:6]))
    if sign is None:
        return moment.replace(tzinfo=dt.UTC if utc else None)
    offset = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return moment.replace(tzinfo=dt.timezone(-offset if sign == "-" else offset))


def tagged_value(tag: str, text: str) -> Any:
    """The value of a word with a tag (``!!str 12``). Raises ValueError where it is none of that kind."""
    if tag == f"{CORE}str":
        return text
    value = plain_value(text)
    if tag == f"{CORE}float" and type(value) is int:
        return float(value)
    if not isinstance(value, _KINDS[tag]) or (type(value) is bool and tag == f"{CORE}int"):
        raise ValueError(text)
    return value


_KINDS: Final[Mapping[str, type]] = {
    f"{CORE}int": int,
    f"{CORE}float": float,
    f"{CORE}bool": bool,
    f"{CORE}null": type(None),
    f"{CORE}timestamp": dt.date,
}
WORD_TAGS: Final = frozenset({f"{CORE}str", *_KINDS})
"""The tags that a word may have."""
