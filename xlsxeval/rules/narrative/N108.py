from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.narrative.years import wrong_years
from xlsxeval.rules.prose import prose, quotations, text_hit
from xlsxeval.rules.registry import Hit, form_rule


@form_rule("N108", "year-in-the-text", severity=Severity.WARNING, basis="报告写的是本年度的自评 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """正文写的是以前年度。

    为什么：说的是本年度的自评，年份却是以前的，多半是照抄了往年的报告，里面的数也可能没有改。
    怎么改：改正年份，并把这一段的数和事重新核对一遍。
    """
    for text in prose(submission):
        year = text.setting.year
        for section in text.sections:
            found = [
                (passage.quote(start, end), written)
                for passage in section.passages
                for start, end, written in wrong_years(passage, year, section.text)
            ]
            if found:
                hit = text_hit(submission, section, f"{quotations([quote for quote, _ in found])}写的不是{year}年")
                yield replace(hit, shown=f"{found[0][1]}年", expected=f"{year}年")
