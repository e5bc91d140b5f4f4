from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.narrative.times import figures_of_part
from xlsxeval.rules.prose import prose, quotations, text_hit
from xlsxeval.rules.registry import Hit, form_rule


@form_rule(
    "N107", "part-of-the-year", severity=Severity.WARNING, basis="绩效自评的对象是整个预算年度 [号] 财预〔2020〕10号"
)
def check(submission: Submission) -> Iterator[Hit]:
    """正文的数只统计到年中。

    为什么：自评的是全年；写着“截至11月底”“1—10月”的，多半是照抄年底前写的工作总结，数不是全年的。
    怎么改：换成全年的数；确实只能统计到某一天的，说明原因。
    """
    for text in prose(submission):
        for section in text.sections:
            quotes = [
                passage.quote(start, end)
                for passage in section.passages
                for start, end in figures_of_part(passage, text.setting.year)
            ]
            if quotes:
                hit = text_hit(submission, section, f"{quotations(quotes)}说的不是全年")
                yield replace(hit, shown=quotes[0], expected=f"{text.setting.year}年全年")
