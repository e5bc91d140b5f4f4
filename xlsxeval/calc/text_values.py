"""Reads numbers, dates and times out of texts, as Excel does when a text stands where a number is wanted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xlsxeval.calc.dates import days_in_month, serial_of
from xlsxeval.calc.values import CellError

_CURRENCY = r"[¥￥$€£]?"
_NUMBER: Final = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-]?){_CURRENCY}(?P<sign2>[+-]?)\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3,})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?P<exponent>[Ee][+-]?[0-9]{1,3})?"
    rf"(?>\s*)(?P<percent>%?)(?P<close>\))?(?>\s*)(?P<behind>{_CURRENCY})\Z"
)
_LEADING_PERCENT: Final = re.compile(r"(?P<sign>[+-]?)%\s*(?P<digits>[0-9]+(?:\.[0-9]*)?)\Z")
_FRACTION: Final = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]+) +(?P<above>[0-9]{1,5})/(?P<below>[0-9]{1,5})\Z")
_DATE: Final = re.compile(r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<day>[0-9]{1,2}))?\Z")
_CHINESE_DATE: Final = re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?\Z")
_WESTERN_DATE: Final = re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})\Z")
_ENGLISH_DATE: Final = re.compile(r"(?P<day>[0-9]{1,2})[- ](?P<name>[A-Za-z]{3})[A-Za-z]*[- ](?P<year>[0-9]{4})\Z")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,4})(?:(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2}(?:\.[0-9]+)?))?\s*(?P<half>[AaPp][Mm])?)"
    r"|\s*(?P<half2>[AaPp][Mm])|时(?:(?P<minute2>[0-9]{1,2})分(?:(?P<second2>[0-9]{1,2})秒)?)?)\Z"
)


SHORT: Final = 40
"""Characters of a text whose number is remembered: helper columns ask a dozen times for the same few texts."""


def text_to_number(text: str, *, date1904: bool = False) -> float | None:
    """The number that a text stands for, or None: ``1,234.5``, ``95%``, ``(3)``, ``2024年3月1日``, ``8:30``."""
    return _known(text, date1904) if len(text) <= SHORT else _read(text, date1904)


def _read(text: str, date1904: bool) -> float | None:
    stripped = text.strip(" \u3000\xa0")
    bare = stripped == text
    if not stripped or not any("0" <= character <= "9" for character in stripped):
        return None
    number = _plain_number(stripped)
    return number if number is not None else _moment(stripped, date1904, bare=bare)


_known = lru_cache(maxsize=4096)(_read)


def _plain_number(text: str) -> float | None:
    match = _NUMBER.match(text)
    if match is None:
        return _unusual_number(text)
    if bool(match["open"]) != bool(match["close"]) or (match["sign"] and match["sign2"]):
        return None
    if match["open"] and (match["sign"] or match["sign2"]):
        return None
    if match["behind"] and any(sign in text[: match.start("digits")] + (match["percent"] or "") for sign in "¥￥$€£%"):
        return None
    number = float(match["digits"].replace(",", "") + (match["exponent"] or ""))
    if number in (float("inf"), float("-inf")):
        return None
    if match["percent"]:
        number /= 100
    return -number if match["open"] or "-" in (match["sign"], match["sign2"]) else number


def _unusual_number(text: str) -> float | None:
    """``%5`` and ``1 1/2``."""
    if match := _LEADING_PERCENT.match(text):
        number = float(match["digits"]) / 100
    elif (match := _FRACTION.match(text)) and int(match["below"]):
        number = int(match["whole"]) + int(match["above"]) / int(match["below"])
    else:
        return None
    return -number if match["sign"] == "-" else number


def _moment(text: str, date1904: bool, *, bare: bool) -> float | None:
    """A date, a time, or a date and a time with a blank between; a date has no blanks around it (``bare``)."""
    day = _date(text, date1904) if bare else None
    if day is not None:
        return day
    time = _time(text)
    if time is not None:
        return time
    first, blank, rest = text.partition(" ")
    if not blank or not bare:
        return None
    day, time = _date(first, date1904), _time(rest.strip())
    return None if day is None or time is None else day + time


def _date(text: str, date1904: bool) -> float | None:
    match = _DATE.match(text) or _CHINESE_DATE.match(text) or _WESTERN_DATE.match(text)
    if match is not None:
        return _checked(int(match["year"]), int(match["month"]), int(match["day"] or 1), date1904)
    english = _ENGLISH_DATE.match(text)
    if english is None or english["name"].lower() not in _MONTHS:
        return None
    return _checked(int(english["year"]), _MONTHS.index(english["name"].lower()) + 1, int(english["day"]), date1904)


def _checked(year: int, month: int, day: int, date1904: bool) -> float | None:
    """The serial number of a day that there is."""
    if not (1900 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        return None
    try:
        return float(serial_of(year, month, day, date1904=date1904))
    except CellError:
        return None


def _time(text: str) -> float | None:
    match = _TIME.match(text)
    if match is None:
        return None
    hour = int(match["hour"])
    minute = int(match["minute"] or match["minute2"] or 0)
    second = float(match["second"] or match["second2"] or 0)
    half = (match["half"] or match["half2"] or "").upper()
    if minute > 59 or second >= 60 or (half and not 0 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return (hour * 3600 + minute * 60 + second) / 86_400
