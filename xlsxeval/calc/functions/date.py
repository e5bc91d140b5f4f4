"""Dates: their parts, their distances, working days."""

from __future__ import annotations

import math

from xlsxeval.calc import dates
from xlsxeval.calc.coercion import to_integer, to_number
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.places import Here
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _serial(here: Here, value: Scalar) -> float:
    """A date argument as a serial number of the workbook's date system."""
    number = text_to_number(value, date1904=here.world.date1904) if isinstance(value, str) else to_number(value)
    if number is None:
        raise CellError(ExcelError.VALUE)
    return number


def _day(here: Here, value: Scalar) -> dates.Day:
    return dates.day_of(_serial(here, value), date1904=here.world.date1904)


def _of(here: Here, year: int, month: int, day: int) -> float:
    return float(dates.serial_of(year, month, day, date1904=here.world.date1904))


@function("DATE(year:integer, month:integer, day:integer)", here=True)
def date(here: Here, year: int, month: int, day: int) -> float:
    """The date of a year, month and day; months and days may run over."""
    require(0 <= year <= 9999, ExcelError.NUM)
    return _of(here, year, month, day)


@function("DATEVALUE(date_text:text)", here=True)
def datevalue(here: Here, text: str) -> float:
    """The date that a text stands for."""
    number = text_to_number(text, date1904=here.world.date1904)
    require(any(sign in text for sign in "-/年"))
    if number is None:
        raise CellError(ExcelError.VALUE)
    return float(math.floor(number))


@function("YEAR(serial_number:scalar)", here=True)
def year(here: Here, value: Scalar) -> float:
    """The year of a date."""
    return float(_day(here, value).year)


@function("MONTH(serial_number:scalar)", here=True)
def month(here: Here, value: Scalar) -> float:
    """The month of a date."""
    return float(_day(here, value).month)


@function("DAY(serial_number:scalar)", here=True)
def day(here: Here, value: Scalar) -> float:
    """The day of the month of a date."""
    return float(_day(here, value).day)


@function("TODAY()", here=True)
def today(here: Here) -> float:
    """The day of the computation, as the caller gives it."""
    now = here.now
    return _of(here, now.year, now.month, now.day)


@function("NOW()", here=True)
def now(here: Here) -> float:
    """The moment of the computation, as the caller gives it."""
    return dates.serial_of_moment(here.now, date1904=here.world.date1904)


def months_later(here: Here, start: Scalar, count: Scalar, *, end: bool) -> float:
    """The day of the month some months later, or the last day of a shorter month; with ``end`` the last one of any."""
    first, months = _day(here, start), to_integer(count)
    place = first.year * 12 + first.month - 1 + months
    year, month = divmod(place, 12)
    require(1900 <= year <= 9999, ExcelError.NUM)
    last = dates.days_in_month(year, month + 1)
    return _of(here, year, month + 1, last if end else min(first.day, last))


@function("EDATE(start_date:plain, months:plain)", here=True)
def edate(here: Here, start: Scalar, months: Scalar) -> float:
    """The day of the month some months later, or the last day of a shorter month."""
    return months_later(here, start, months, end=False)


@function("EOMONTH(start_date:plain, months:plain)", here=True)
def eomonth(here: Here, start: Scalar, months: Scalar) -> float:
    """The last day of the month some months later."""
    return months_later(here, start, months, end=True)


@function("DAYS(end_date:scalar, start_date:scalar)", here=True)
def days(here: Here, end: Scalar, start: Scalar) -> float:
    """The days between two dates."""
    first, last = math.floor(_serial(here, start)), math.floor(_serial(here, end))
    require(min(first, last) >= 0, ExcelError.NUM)
    return float(last - first)


@function("DAYS360(start_date:scalar, end_date:scalar, [method:logical])", here=True)
def days360(here: Here, start: Scalar, end: Scalar, european: bool = False) -> float:
    """The days between two dates in a year of twelve months of thirty days."""
    first, last = _day(here, start), _day(here, end)
    day1, day2 = min(first.day, 30), last.day
    if not european and first.month == 2 and first.day == dates.days_in_month(first.year, 2):
        day1 = 30
    if day2 == 31 and (european or day1 == 30):
        day2 = 30
    return float((last.year - first.year) * 360 + (last.month - first.month) * 30 + day2 - day1)


@function("DATEDIF(start_date:scalar, end_date:scalar, unit:text)", here=True)
def datedif(here: Here, start: Scalar, end: Scalar, unit: str) -> float:
    """The whole years, months or days between two dates: "Y", "M", "D", "MD", "YM", "YD"."""
    begin, finish = math.floor(_serial(here, start)), math.floor(_serial(here, end))
    require(begin <= finish, ExcelError.NUM)
    first, last = _day(here, float(begin)), _day(here, float(finish))
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    match unit.upper():
        case "D":
            return float(finish - begin)
        case "M":
            return float(months)
        case "Y":
            return float(months // 12)
        case "YM":
            return float(months % 12)
        case "MD":
            return finish - _of(here, last.year, last.month - (last.day < first.day), first.day)
        case "YD":
            before = (last.month, last.day) < (first.month, first.day)
            return _of(here, first.year + before, last.month, last.day) - begin
        case _:
            raise CellError(ExcelError.NUM)


@function("WEEKDAY(serial_number:scalar, [return_type:integer])", here=True)
def weekday(here: Here, value: Scalar, kind: int = 1) -> float:
    """The day of the week as a number; which day is 1 is chosen by a type."""
    number = dates.weekday_of(_serial(here, value), date1904=here.world.date1904)
    if kind == 3:
        return float((number + 6) % 7)
    starts = {1: 0, 2: 1, 11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 16: 6, 17: 0}
    require(kind in starts, ExcelError.NUM)
    return float((number - starts[kind]) % 7 + 1)


@function("WEEKNUM(serial_number:plain, [return_type:integer])", here=True)
def weeknum(here: Here, value: Scalar, kind: int = 1) -> float:
    """The week of the year; which day begins it is chosen by a type, 21 is by ISO 8601."""
    if kind == 21:
        return isoweeknum(here, value)
    starts = {1: 0, 2: 1, 11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 16: 6, 17: 0}
    require(kind in starts, ExcelError.NUM)
    serial = math.floor(_serial(here, value))
    first = _of(here, _day(here, float(serial)).year, 1, 1)
    offset = (dates.weekday_of(first, date1904=here.world.date1904) - starts[kind]) % 7
    return float((serial - int(first) + offset) // 7 + 1)


@function("ISOWEEKNUM(date:scalar)", here=True)
def isoweeknum(here: Here, value: Scalar) -> float:
    """The week of the year by ISO 8601."""
    serial = math.floor(_serial(here, value))
    weekday = (dates.weekday_of(serial, date1904=here.world.date1904) + 6) % 7
    thursday = serial - weekday + 3
    if thursday < 1:  # the first days of 1900 belong to the last week of 1899
        return 52.0
    first = _of(here, _day(here, float(thursday)).year, 1, 1)
    return float((thursday - int(first)) // 7 + 1)


def _free_days(here: Here, weekend: Scalar | Grid | None) -> frozenset[int]:
    """The weekdays (0 Sunday) that are free, by NETWORKDAYS.INTL's code or text of seven digits."""
    if weekend is None:
        return frozenset({0, 6})
    if isinstance(weekend, str):
        require(len(weekend) == 7 and set(weekend) <= {"0", "1"})
        return frozenset((place + 1) % 7 for place, digit in enumerate(weekend) if digit == "1")
    code = int(to_number(weekend)) if not isinstance(weekend, Grid) else 0
    if 1 <= code <= 7:
        return frozenset({(code + 5) % 7, (code + 6) % 7})
    require(11 <= code <= 17, ExcelError.NUM)
    return frozenset({code - 11})


def _holidays(here: Here, holidays: Grid | None) -> frozenset[int]:
    values = () if holidays is None else holidays.values()
    return frozenset(math.floor(_serial(here, value)) for value in values if value is not None)


def _is_workday(here: Here, serial: int, free: frozenset[int], holidays: frozenset[int]) -> bool:
    return serial not in holidays and dates.weekday_of(serial, date1904=here.world.date1904) not in free


def _networkdays(here: Here, start: Scalar, end: Scalar, free: frozenset[int], holidays: Grid | None) -> float:
    first, last = math.floor(_serial(here, start)), math.floor(_serial(here, end))
    sign = 1 if first <= last else -1
    first, last = min(first, last), max(first, last)
    weeks, rest = divmod(last - first + 1, 7)
    count = weeks * (7 - len(free))
    count += sum(_is_workday(here, last - back, free, frozenset()) for back in range(rest))
    count -= sum(
        first <= day <= last and _is_workday(here, day, free, frozenset()) for day in _holidays(here, holidays)
    )
    return float(sign * count)


@function("NETWORKDAYS(start_date:plain, end_date:plain, [holidays:range])", here=True)
def networkdays(here: Here, start: Scalar, end: Scalar, holidays: Grid | None = None) -> float:
    """The working days from one date to another, both counted, without weekends and holidays."""
    return _networkdays(here, start, end, frozenset({0, 6}), holidays)


@function("NETWORKDAYS.INTL(start_date:plain, end_date:plain, [weekend:scalar], [holidays:range])", here=True)
def networkdays_intl(
    here: Here, start: Scalar, end: Scalar, weekend: Scalar = None, holidays: Grid | None = None
) -> float:
    """The working days from one date to another, with weekends of choice."""
    return _networkdays(here, start, end, _free_days(here, weekend), holidays)


def _workday(here: Here, start: Scalar, count: int, free: frozenset[int], holidays: Grid | None) -> float:
    serial, closed = math.floor(_serial(here, start)), _holidays(here, holidays)
    require(len(free) < 7)
    require(abs(count) <= dates.LAST_SERIAL, ExcelError.NUM)
    step = 1 if count > 0 else -1
    while count:
        serial += step
        require(0 <= serial <= dates.LAST_SERIAL, ExcelError.NUM)
        count -= step * _is_workday(here, serial, free, closed)
    return float(serial)


@function("WORKDAY(start_date:plain, days:plain, [holidays:range])", here=True)
def workday(here: Here, start: Scalar, count: Scalar, holidays: Grid | None = None) -> float:
    """The date some working days later or earlier."""
    return _workday(here, start, to_integer(count), frozenset({0, 6}), holidays)


@function("WORKDAY.INTL(start_date:plain, days:plain, [weekend:scalar], [holidays:range])", here=True)
def workday_intl(
    here: Here, start: Scalar, count: Scalar, weekend: Scalar = None, holidays: Grid | None = None
) -> float:
    """The date some working days later or earlier, with weekends of choice."""
    return _workday(here, start, to_integer(count), _free_days(here, weekend), holidays)


@function("YEARFRAC(start_date:plain, end_date:plain, [basis:plain])", here=True)
def yearfrac(here: Here, start: Scalar, end: Scalar, given: Scalar = None) -> float:
    """The part of a year between two dates; by 30/360, days/360, days/365 or the days of the years."""
    first, last = sorted((math.floor(_serial(here, start)), math.floor(_serial(here, end))))
    basis = to_integer(given)
    require(0 <= basis <= 4, ExcelError.NUM)
    if basis == 0:
        return _days_30_360(here, first, last) / 360
    if basis == 4:
        return days360(here, float(first), float(last), True) / 360
    if basis in (2, 3):
        return (last - first) / (360 if basis == 2 else 365)
    return (last - first) / _mean_year(here, first, last)


def _days_30_360(here: Here, first: int, last: int) -> int:
    """The days of YEARFRAC's own American method: the ends of February count as the 30th, which DAYS360 does otherwise."""
    begin, finish = _day(here, float(first)), _day(here, float(last))
    day1, day2 = begin.day, finish.day
    at_end = [day.month == 2 and day.day == dates.days_in_month(day.year, 2) for day in (begin, finish)]
    if at_end[0] and at_end[1]:
        day2 = 30
    if at_end[0]:
        day1 = 30
    if day2 == 31 and day1 >= 30:
        day2 = 30
    day1 = min(day1, 30)
    return (finish.year - begin.year) * 360 + (finish.month - begin.month) * 30 + day2 - day1


def _mean_year(here: Here, first: int, last: int) -> float:
    """The length of a year for the basis of actual days."""
    begin, finish = _day(here, float(first)), _day(here, float(last))
    if (finish.year, finish.month, finish.day) <= (begin.year + 1, begin.month, begin.day):
        if begin.year == finish.year:
            return 366.0 if dates.days_in_month(begin.year, 2) == 29 else 365.0
        leaps = [_of(here, year, 2, 29) for year in {begin.year, finish.year} if dates.days_in_month(year, 2) == 29]
        return 366.0 if any(first <= day <= last for day in leaps) else 365.0
    return (_of(here, finish.year + 1, 1, 1) - _of(here, begin.year, 1, 1)) / (finish.year - begin.year + 1)
