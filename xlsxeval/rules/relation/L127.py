from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_OPENING = re.compile(r"^(?:[一1][、.])?\s*(\d{4})年(?!\s*(?:\d|底|末|初|[-—~至到起以来]))")


@form_rule("L127", "another-year", severity=Severity.WARNING, basis="表里的年度应是本次自评的年度 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """写的不是本次自评的年度。

    为什么：目标和完成情况开头写着别的年度，多半是从上年的表复制来的，没有改。
    怎么改：改成本次自评的年度，并核对内容是不是也要改。
    """
    year = submission.layout.campaign.year
    for entry in submission.entries.values():
        slot = entry.cell.slot
        if slot is None or slot.form == "narrative" or entry.blank or entry.note is not None:
            continue
        found = None if slot.field.type.kind == "date" else _opening_year(entry.value, year)
        if found is None or found == year:
            continue
        yield entry_hit(submission, entry, f"写的是 {found} 年，本次自评是 {year} 年度", str(year))


def _opening_year(value: Scalar, year: int) -> int | None:
    """The year with which a text begins, unless it also speaks of the campaign's year."""
    if not isinstance(value, str) or f"{year}年" in folded(value).replace(" ", ""):
        return None
    match = _OPENING.match(folded(value))
    return int(match[1]) if match and 1990 <= int(match[1]) <= 2199 else None
