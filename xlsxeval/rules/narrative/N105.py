from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, text_hit
from xlsxeval.rules.registry import text_rule

_SAID = 10
"""A section that asks for so many characters does not take 无 for an answer."""
_MARKS = " \t\r\n\u3000-—－/\\.．。…·*×xX_＿?？、，"
_NOTHING = re.compile(
    r"无|没有|略|从略|同上|同前|同上年|(?:详|请)?见附件\S{0,6}|详见\S{0,6}表|待补充?|待填写?|待定|暂无|未填|已填|空|不适用"
)


@text_rule("N105", "section-says-nothing", basis="报告正文的各部分不能缺少 [表]；缺一部分扣分 [评分表]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """必写的一节没有内容。

    为什么：报告的这一部分必须写；写“无”“略”“同上”或者照抄填写提示，等于缺了这一部分。
    怎么改：按标题的要求写出本单位的情况。
    """
    for text in texts:
        for section in text.sections:
            slot = section.slot
            length = slot.field.length if slot is not None else None
            if slot is None or not slot.field.required or length is None or length[0] < _SAID:
                continue
            said = section.text.strip()
            core = said.strip(_MARKS)
            if not core or _NOTHING.fullmatch(core) or said == slot.field.hint.strip():
                yield replace(text_hit(section, f"只写了“{said[:20]}”，这一节没有内容"), shown=said[:60])
