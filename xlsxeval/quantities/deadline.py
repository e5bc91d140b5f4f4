"""Days and months as targets and actuals: 2024年12月31日前, 12月底前完成, 2024年12月."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from xlsxeval.quantities.target import NO_YEAR, Deadline, in_year

_DO = "(?:完成|办结|到位|拨付|拨付到位|发放|发放到位|出台|建成|投入使用|全部完成|完工|竣工|验收|上线)?"
_WRITTEN = re.compile(
    r"(?:完成时间|时间|已?于|在|截至|截止)?[: ]?(?:(?P<y>\d{4}) ?年度?|(?P<next>次年|翌年|下一?年|来年|明年|第二年)|当年|本年度?)? ?"
    r"(?:(?P<m>\d{1,2}) ?月份?(?: ?(?P<d>\d{1,2}) ?[日号]|(?P<end>底|末))?|(?P<year_end>年?底|年?末)|(?P<within>内))?"
    rf" ?(?P<before>(?:之|以)?前)?{_DO}"
)
_FIGURES = re.compile(rf"(?P<y>\d{{4}})([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}})(?P<before>(?:之|以)?前)?{_DO}")
_THIS_YEAR = (
    "年内",
    "年度内",
    "当年内",
    "本年度内",
    "年底",
    "年底前",
    "年末前",
    "年底前完成",
    "年内完成",
    "年度内完成",
)


class Period(NamedTuple):
    """From the first to the last day that the words may mean; ``before``: with 前; ``exact``: the end is certain."""

    first: date
    last: date
    dated: bool
    before: bool
    exact: bool

    def within(self, year: int) -> Period:
        """The period in that year, where it names no year itself."""
        return (
            self
            if self.dated
            else self._replace(first=in_year(self.first, year), last=in_year(self.last, year), dated=True)
        )


def read_period(plain: str) -> Period | None:
    """The days that a whole text (folded) speaks of, or None."""
    if plain in _THIS_YEAR:
        return Period(date(NO_YEAR, 1, 1), date(NO_YEAR, 12, 31), False, True, True)
    match = _FIGURES.fullmatch(plain) or _WRITTEN.fullmatch(plain)
    if match is None:
        return None
    parts = match.groupdict()
    year = int(parts["y"] or NO_YEAR) + bool(parts.get("next"))
    if not (parts["y"] or parts["m"]) or not (year - NO_YEAR in (0, 1) or 1949 <= year <= 2199):
        return None
    before, exact = bool(parts["before"]), True
    if parts["m"] is None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        exact = bool(parts["year_end"] or parts["within"])
    else:
        month, day = int(parts["m"]), int(parts["d"] or 0)
        if not 1 <= month <= 12 or day > monthrange(year, month)[1] or parts["d"] in ("0", "00"):
            return None
        first = date(year, month, day or 1)
        last = date(year, month, day or monthrange(year, month)[1])
        exact = bool(day or parts["end"])
    return Period(first, last, parts["y"] is not None, before or bool(parts.get("within")), exact)


def read_deadline(plain: str) -> Deadline | None:
    """Reads a target that is a deadline. 前 after a whole month or year means its beginning or its end: outer days are certain."""
    period = read_period(plain)
    if period is None:
        return None
    if not period.before:
        return Deadline(period.first, period.last, date.max, period.dated)
    safe = period.last if period.exact else period.first - timedelta(days=1)
    return Deadline(date.min, safe, period.last, period.dated)
