"""Dates and times put into a number format: ``yyyy年m月d日``, ``[h]:mm:ss``, ``aaaa``, ``AM/PM``."""

from __future__ import annotations

from typing import Final, NamedTuple

from xlsxeval.calc.chinese import calendar_number, digit_by_digit
from xlsxeval.calc.dates import Day, day_of, weekday_of
from xlsxeval.calc.number_format import FormatItem, FormatSection
from xlsxeval.calc.values import CellError, ExcelError

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_CHINESE_WEEKDAYS: Final = "日一二三四五六"
_SECONDS: Final = 86_400
_UNITS: Final = {"h": "h", "m": "n", "s": "s"}


class _Moment(NamedTuple):
    """What the items show: the day, its weekday (0 Sunday), the time in units of a second, all of it in seconds."""

    day: Day
    weekday: int
    hour: int
    minute: int
    second: int
    fraction: str
    total: int


def render_date(value: float, section: FormatSection, *, date1904: bool) -> str:
    """A serial number by a date format. Raises CellError (``#NUM!``) for one outside the calendar."""
    elapsed = any(item.kind == "elapsed" for item in section.items)
    moment = _moment(value, section, date1904=date1904, elapsed=elapsed)
    half = any(item.kind == "half" for item in section.items)
    return ("-" if value < 0 else "") + "".join(_show(item, moment, section, half=half) for item in section.items)


def _moment(value: float, section: FormatSection, *, date1904: bool, elapsed: bool) -> _Moment:
    if value < 0 and not date1904:
        raise CellError(ExcelError.NUM)
    digits = max((len(item.text) - 1 for item in section.items if item.kind == "fraction"), default=0)
    unit = 10**digits
    ticks = int(abs(value) * _SECONDS * unit + 0.5 + 1e-6)
    seconds, rest = divmod(ticks, unit)
    days, clock = divmod(seconds, _SECONDS)
    day = Day(1900, 1, 0) if elapsed else day_of(days, date1904=date1904)
    return _Moment(
        day,
        0 if elapsed else weekday_of(days, date1904=date1904),
        clock // 3600,
        clock // 60 % 60,
        clock % 60,
        str(rest).zfill(digits) if digits else "",
        seconds,
    )


def _show(item: FormatItem, moment: _Moment, section: FormatSection, *, half: bool) -> str:
    kind, text = item
    if kind == "date" and _is_elapsed(text[0], section):
        kind = "elapsed"  # the same unit again shows the same figure
    if kind == "date":
        return _date_part(text, moment, section, half=half)
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "n": 60, "s": 1}[text[0]]
        return str(moment.total // unit).zfill(len(text))
    if kind == "half":
        first, _, second = text.partition("/")
        shown = first if moment.hour < 12 else second
        return shown.upper() if len(shown) == 2 and shown.isascii() else shown
    if kind == "fraction":
        return f".{moment.fraction}"
    return "0" if kind == "digit" and text == "0" else text


def _is_elapsed(letter: str, section: FormatSection) -> bool:
    """Whether a unit of time stands in brackets elsewhere in a section."""
    return any(_UNITS[item.text[0]] == letter for item in section.items if item.kind == "elapsed")


def _date_part(text: str, moment: _Moment, section: FormatSection, *, half: bool) -> str:
    letter, length = text[0], len(text)
    names = _name_part(letter, length, moment, section)
    if names is not None:
        return names
    if letter in "yeb":
        year = moment.day.year + (543 if letter == "b" else 0)
        shown = str(year % 100).zfill(2) if letter != "e" and length <= 2 else str(year).zfill(4)
        return digit_by_digit(shown, section.numerals) if section.numerals else shown
    if letter == "g":
        return ""
    hour = (moment.hour + 11) % 12 + 1 if half else moment.hour
    number = {"m": moment.day.month, "d": moment.day.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    if section.numerals:
        shown = calendar_number(number, section.numerals)
        return digit_by_digit("0", section.numerals) + shown if length == 2 and 0 < number < 10 else shown
    return str(number).zfill(min(length, 2))


def _name_part(letter: str, length: int, moment: _Moment, section: FormatSection) -> str | None:
    """Names of months and weekdays; None for a part shown as a number."""
    if letter == "a":
        return ("星期" if length == 4 else "") + _CHINESE_WEEKDAYS[moment.weekday]
    if letter == "d" and length >= 3:
        if section.chinese:
            return ("星期" if length >= 4 else "周") + _CHINESE_WEEKDAYS[moment.weekday]
        return _WEEKDAYS[moment.weekday][: 3 if length == 3 else None]
    if letter == "m" and length >= 3:
        name = _MONTHS[moment.day.month - 1]
        if section.chinese:
            return f"{calendar_number(moment.day.month, 1)}月"
        return name[0] if length == 5 else name[:3] if length == 3 else name
    return None
