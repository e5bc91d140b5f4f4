from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.narrative.times import figures_of_part
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, quotations, text_hit
from xlsxeval.rules.registry import text_rule


@text_rule(
    "N107", "part-of-the-year", severity=Severity.WARNING, basis="绩效自评的对象是整个预算年度 [号] 财预〔2020〕10号"
)
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文的数只统计到年中。

    为什么：自评的是全年；写着“截至11月底”“1—10月”的，多半是照抄年底前写的工作总结，数不是全年的。
    怎么改：换成全年的数；确实只能统计到某一天的，说明原因。
    """
    for text in texts:
        for section in text.sections:
            for place, passages in section.by_place:
                quotes = [
                    passage.quote(start, end)
                    for passage in passages
                    for start, end in figures_of_part(passage, text.setting.year)
                ]
                if not quotes:
                    continue
                hit = text_hit(section, f"{quotations(quotes)}说的不是全年", place)
                yield replace(hit, shown=quotes[0], expected=f"{text.setting.year}年全年")
