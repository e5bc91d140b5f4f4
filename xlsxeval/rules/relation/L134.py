from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from datetime import timedelta

from xlsxeval.forms.values import EPOCH
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number
from xlsxeval.rules.registry import form_rule

_OF_THE_REPORT = re.compile("(?:报告|填报|填表|报送|自评|落款)(?:的)?(?:日期|时间)|^日期$")
"""Other dates, such as when a project began, may lie anywhere."""
_YEARS = 2.0
"""Years after the campaign's in which a form may still be dated: self-evaluations are due in the next."""


@form_rule(
    "L134",
    "date-outside-time",
    severity=Severity.WARNING,
    basis="自评在年度终了以后做 [理]；财预〔2020〕10号 [号]",
    parameters=("date.years",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """报告日期、填报日期不在自评的时间里。

    为什么：自评是对全年的评价，年度没有结束就落款，或者落款在几年以后，多半是年份填错，或从别的年度的表复制来的。
    怎么改：填实际的日期。
    """
    year = submission.layout.campaign.year
    last = year + int(number(submission, "date.years", _YEARS))
    for entry in submission.entries.values():
        slot = entry.cell.slot
        if slot is None or slot.field.type.kind != "date" or not _OF_THE_REPORT.search(slot.field.label):
            continue
        if entry.note is not None or not isinstance(entry.value, float):
            continue
        day = EPOCH + timedelta(days=entry.value)
        if day < dt.date(year, 12, 31):
            yield entry_hit(submission, entry, f"{day} 在 {year} 年度结束以前", f"{year + 1}年")
        elif day.year > last:
            yield entry_hit(submission, entry, f"{day} 在 {year} 年度结束 {day.year - year} 年以后", f"{year + 1}年")
