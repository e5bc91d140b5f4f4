from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import Between, Deadline, Several, Target, Vague
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import lines_hit, target_of

_EXACT = re.compile("零|优秀$|优$")
"""零增长 is a figure, 优秀 a grade that somebody else gives."""


@form_rule("V116", "vague-target", plan=True, severity=Severity.WARNING, basis="三级指标明确、具体、可衡量 [评分表]")
def check(submission: Submission) -> Iterator[Hit]:
    """指标值含糊，无法衡量。

    为什么：“有提升”“信息公开”没有说比什么提升、公开多少，怎样都算完成；只把指标名称再写一遍，也是一样。
    怎么改：写出可以核对的结果，例如“比上年提高2个百分点”“20个工作日内公开”；确实只能定性的，写明怎样算达成。
    """
    for lines in sheets(submission):
        lines = concerned(submission, lines, "target")
        vague = [line for line in lines if _is_vague(line) or _says_its_name(line)]
        if vague:
            yield lines_hit(submission, vague, "target", "指标值含糊，无法衡量")


def _is_vague(line: IndicatorLine) -> bool:
    target = target_of(line)
    return isinstance(target, Vague) and _EXACT.search(target.words) is None


def _says_its_name(line: IndicatorLine) -> bool:
    """Whether a target without a figure only repeats the indicator's name: 不超预算 of 不超预算, 年度内 of 年度内."""
    target = target_of(line)
    if isinstance(target, (Target, Between, Several)) or (isinstance(target, Deadline) and target.dated):
        return False
    text = _letters(line.text("target"))
    return bool(text) and text == _letters(line.text("level3"))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", folded(text))
