"""Reasons (偏差原因) that are none: marks, one sign over and over, a pointer to nothing, or the claim that all is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number
from xlsxeval.rules.profile import stated_groups

_MARKS = re.compile(r"[^\w]|_")
_SHORTEST = 4
_DONE = "(?:已|均|都|全部|基本|大幅|按时|按期|及时|圆满|顺利|较好|如期)*(?:地)?"
_AIM = "(?:了|年初|年度|全年|预期|既定|绩效|各项|工作|任务|目标|指标|计划|要求|标准|情况|值|数|的)*"
_NO_REASON = re.compile(
    rf"{_DONE}(?:超额|超标准?|完成|达标|达成|达到|实现)*{_AIM}"
    r"|(?:本?项?目?指标?)?(?:暂|均|并)?(?:无|没有|不存在)(?:任何)?(?:明显|重大)?(?:偏差|偏离|问题|异常|原因|说明|差异|变化|影响){0,4}(?:原因|情况|分析|及?改进措施){0,4}"
    r"|正常|符合(?:要求|规定|预期|标准)|不适用|不涉及|略|待填|待定|待补充?|其他(?:原因)?|客观原因|特殊原因|实际情况|见?实际"
    r"|(?:偏差)?原因(?:分析)?|(?:偏差)?原因分析及?改进措施|改进措施|继续努力|加强管理|今后改进"
    r"|(?:具体|详细)?(?:原因|情况)?(?:详|请|参)?(?:见|参见|参考|参照|查看)(?:附件|附表|附页|正文|报告正文|报告|文件|材料|说明|备注|下文|后附?)*\d*"
)
_AS_ABOVE = re.compile(
    r"(?:原因|情况|理由|措施)?(?:同上|同前|如上|见上|同上一?行|同上一?项|与上(?:一?行|一?项|面)?相同)"
)


def tells_nothing(text: str) -> bool:
    """Whether a reason says nothing by itself: 无无无无, ----, 见附件, aaaa, 1111, 无偏差, 已完成. Blank counts, too."""
    words = _MARKS.sub("", folded(text))
    if len(words) < _SHORTEST or len(set(words)) <= 2 or not re.search("[\u4e00-\u9fff]", words):
        return True
    whole = words[: len(words) // 2]
    return words == whole * 2 or _NO_REASON.fullmatch(words) is not None


def explained(submission: Submission, line: IndicatorLine) -> bool:
    """Whether a line has a reason that says something, or points to the line above that has one."""
    text = line.text("reason")
    if not _AS_ABOVE.fullmatch(_MARKS.sub("", folded(text))):
        return not tells_nothing(text)
    sheet = [
        other for other in indicator_lines(submission) if (other.form, other.instance) == (line.form, line.instance)
    ]
    told = [other.text("reason") for other in sheet if other.line < line.line]
    pointed = [text for text in told if not _AS_ABOVE.fullmatch(_MARKS.sub("", folded(text)))]
    return bool(pointed) and not tells_nothing(pointed[-1])


def unexplained_groups(submission: Submission) -> Iterator[tuple[str, float, float, Sequence[IndicatorLine]]]:
    """Second-level classes whose scores are less than the points in their name, without a reason: name, points, total, lines."""
    tolerance = number(submission, "tolerance.score", 0.005)
    for name, points, group in stated_groups(submission):
        scores = [line.number("score") for line in group]
        if None in scores or any(explained(submission, line) for line in group):
            continue
        total = round(sum(score for score in scores if score is not None), 6)
        if points - total > tolerance:
            yield name, points, total, group
