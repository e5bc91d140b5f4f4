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
_EMPTY = (
    # that it was done, that it was not, or that nothing is the matter
    "已经?|均|都|全部|全面|基本|大幅|按时|按期|及时|圆满|顺利|较好|良好|很好|如期|地|了|超额|超|完成|达标|达成|达到|实现|取得|成效|效果|显著|明显|优秀",
    "年初|年末|年度|全年|本年|预期|既定|绩效|各项|本?项目?|工作|任务|目标|指标|计划|要求|标准|情况|设定值|值|数|的|率",
    "尚?未能?|没有|没|不|无需?|暂时?|并|存在|任何|重大|偏差|偏离|问题|异常|原因|说明|差异|变化|影响|分析|及|和|因|由于|由|受|所致|导致|造成",
    "正常|符合|规定|适用|涉及|略|待|填写?|定|补充|完善|其他|客观|主观|特殊|各种|各方面|多种|方面|因素|实际",
    # where it stands, and how many points it cost
    "[详见]|具体|详细|请|参[见考照]|查看|附[件表页]|正文|自评|报告|文件|材料|备注|下文|后附?|第?[一二三四五六七八九十]{1,3}[部分页章节条、]+|部分",
    "如实|根据|依据|据实|按照?|比例|评分|得分|扣分|扣减?|得|分值?|计算|为|是|仅|只|低于|高于|小于|大于|少于|比|较|小|大|个?百分点",
    "在?(?:合理|正常|可控|允许)(?:的|误差)?(?:范围|区间)?之?内",
    # promises
    "(?:今后|以后|下一?步|下一?年|明年|将|继续|进一步|持续|不断)+(?:提高|提升|改进|改善|推进)?|努力|改进措施|改进|措施|(?:加强|强化|规范|加大)(?:管理|工作力度|力度|工作)",
)
_SAYS_NO_CAUSE = re.compile("|".join(_EMPTY))
_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST_LEFT = 2
_AS_ABOVE = re.compile(
    r"(?:原因|情况|理由|措施)?(?:同上|同前|如上|见上|同上一?行|同上一?项|与上(?:一?行|一?项|面)?相同)"
)


def tells_nothing(text: str) -> bool:
    """Whether a reason says nothing by itself: 无无无无, ----, 见附件, aaaa, 无偏差, 已完成, 低于目标值. Blank counts, too.

    Words that name no cause are taken out; a cause is what is left.
    """
    words = _MARKS.sub("", folded(text))
    if len(words) < _SHORTEST or len(set(words)) <= 2 or not re.search("[\u4e00-\u9fff]", words):
        return True
    whole = words[: len(words) // 2]
    return words == whole * 2 or len(_HAN.findall(_SAYS_NO_CAUSE.sub("", words))) < _LEAST_LEFT


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
