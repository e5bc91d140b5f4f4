"""A target (年度指标值) as typed → what it asks for, or that it cannot be read for sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xlsxeval.quantities.quantity import Quantity

NO_YEAR = 4
"""The year of days without one: a leap year, so that 2月29日 is a day."""


def in_year(day: date, year: int) -> date:
    """A day without a year as one of that year; ends of all days stay what they are."""
    if day.year > NO_YEAR + 1 or day in (date.min, date.max):
        return day
    if (day.month, day.day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year - NO_YEAR + year)


class Comparator(StrEnum):
    """How an actual is held against a target. NONE: a bare figure, of which nobody said whether more or less is better."""

    AT_LEAST = "≥"
    MORE = ">"
    AT_MOST = "≤"
    LESS = "<"
    EQUAL = "="
    ABOUT = "约"
    SOME_MORE = "余"
    NONE = ""

    @property
    def hedged(self) -> bool:
        return self in (Comparator.ABOUT, Comparator.SOME_MORE)

    @property
    def larger_is_better(self) -> bool:
        return self in (Comparator.AT_LEAST, Comparator.MORE)

    @property
    def smaller_is_better(self) -> bool:
        return self in (Comparator.AT_MOST, Comparator.LESS)


@dataclass(frozen=True, slots=True)
class Target:
    """One figure to be reached: ``参保率≥95%`` is label 参保率, comparator ≥, quantity 0.95."""

    comparator: Comparator
    quantity: Quantity
    label: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """``9-15个月``: from low to high, both included."""

    low: Quantity
    high: Quantity
    label: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """To be done by a day: in time from ``first`` to ``safe``, late after ``last``, in between nobody can say (6月前 in June).

    ``first`` and ``last`` are the ends of all days where the words do not bound them: 12月底前 has no first day that would
    be too early, 2024年 without 前 no last one that is late for sure. Without a year in the text the days stand in the
    year 4, a leap year that no campaign has, and ``dated`` is False.
    """

    first: date
    safe: date
    last: date
    dated: bool

    def within(self, year: int) -> Deadline:
        """The deadline in that year, where it names no year itself."""
        if self.dated:
            return self
        return Deadline(in_year(self.first, year), in_year(self.safe, year), in_year(self.last, year), dated=True)


@dataclass(frozen=True, slots=True)
class Several:
    """Several targets in one line: ``85、75``."""

    parts: tuple[Target | Between, ...]


@dataclass(frozen=True, slots=True)
class Qualitative:
    """A target in words, folded."""

    words: str


@dataclass(frozen=True, slots=True)
class Vague:
    """A target in words that nothing can be measured against: 有提升, 提高."""

    words: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing that can be read for sure; ``reason`` is a short Chinese clause."""

    reason: str


Reading = Target | Between | Deadline | Several | Qualitative | Vague | Unsure
