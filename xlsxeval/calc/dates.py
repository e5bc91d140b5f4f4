"""Serial numbers of days and what they stand for, in the 1900 system (with its 29 February 1900) and the 1904 one."""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from xlsxeval.calc.values import CellError, ExcelError

_EPOCH: Final = datetime.date(1899, 12, 30).toordinal()
_EPOCH_1904: Final = datetime.date(1904, 1, 1).toordinal()
_LEAP_BUG: Final = 60  # the day 1900-02-29, which never was, has the serial number 60
LAST_SERIAL: Final = 2_958_465  # 9999-12-31
_SECONDS: Final = 86_400


class Day(NamedTuple):
    """A calendar day as Excel understands it; 1900-01-00 and 1900-02-29 exist."""

    year: int
    month: int
    day: int


def serial_of(year: int, month: int, day: int, *, date1904: bool = False) -> int:
    """DATE's serial number; months and days may overflow. Raises CellError (``#NUM!``) outside the calendar."""
    if 0 <= year < 1900:
        year += 1900
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        raise CellError(ExcelError.NUM)
    ordinal = datetime.date(year, month, 1).toordinal()
    serial = ordinal - (_EPOCH_1904 if date1904 else _EPOCH) + day - 1
    if not date1904 and ordinal < datetime.date(1900, 3, 1).toordinal():
        serial -= 1  # before the 29 February 1900 that never was
    if not 0 <= serial <= LAST_SERIAL:
        raise CellError(ExcelError.NUM)
    return serial


def day_of(serial: float, *, date1904: bool = False) -> Day:
    """The calendar day of a serial number. Raises CellError (``#NUM!``) for one outside the calendar."""
    number = int(serial // 1)
    if not 0 <= number <= LAST_SERIAL:
        raise CellError(ExcelError.NUM)
    if date1904:
        return _day(_EPOCH_1904 + number)
    if number == 0:
        return Day(1900, 1, 0)
    if number == _LEAP_BUG:
        return Day(1900, 2, 29)
    return _day(_EPOCH + number + (1 if number < _LEAP_BUG else 0))


def _day(ordinal: int) -> Day:
    if ordinal > datetime.date.max.toordinal():
        raise CellError(ExcelError.NUM)
    date = datetime.date.fromordinal(ordinal)
    return Day(date.year, date.month, date.day)


def weekday_of(serial: float, *, date1904: bool = False) -> int:
    """0 for Sunday to 6 for Saturday; the 1900 system takes 1900-01-01 for a Sunday, as Excel does."""
    number = int(serial // 1)
    if not 0 <= number <= LAST_SERIAL:
        raise CellError(ExcelError.NUM)
    return (number + 5 if date1904 else number - 1) % 7


def seconds_of(serial: float) -> int:
    """The time of day of a serial number in whole seconds, rounded to the nearest."""
    return int((serial % 1) * _SECONDS + 0.5) % _SECONDS


def serial_of_moment(moment: datetime.datetime, *, date1904: bool = False) -> float:
    """The serial number of a moment, with its time of day."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    day = serial_of(moment.year, moment.month, moment.day, date1904=date1904)
    return day + (moment - midnight).total_seconds() / _SECONDS


def days_in_month(year: int, month: int) -> int:
    """28 to 31; February 1900 has 29 days as in Excel."""
    if (year, month) == (1900, 2):
        return 29
    following = datetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    return 31 if following is None else (following - datetime.timedelta(days=1)).day
