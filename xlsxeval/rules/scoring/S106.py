from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.scores import ScoredLine, judged_lines, must_explain

_NO_REASON = re.compile(
    r"(?:已|均|全部|大幅|按时)*(?:超额|超标准?|完成|达标|达成)*(?:年度|全年)?(?:任务|目标|指标|计划)?|无偏差?|没有"
)
_MARKS = re.compile(r"[\s。，,；;、.!！\-/]")
_SHORTEST = 4


@form_rule(
    "S106",
    "overachievement-unexplained",
    severity=Severity.WARNING,
    basis="省级预算绩效管理系统的做法 [系统]：超过指标值一定倍数的须说明原因",
    parameters=("overachievement",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """超额完成很多却没有说明原因。

    为什么：实际完成值远远超过指标值，多半是指标值定得太低或者口径不同；只写“超额完成”等于没有说明。
    怎么改：在偏差原因一栏写明为什么超过这么多（口径、政策、需求的变化），来年定指标值时调整；数写错了的，请更正。
    """
    for judged in judged_lines(submission):
        if "reason" in judged.line.cells and must_explain(submission, judged) and not _explained(judged):
            ratio = judged.outcome.ratio or Decimal(0)
            message = f"实际完成值是指标值的 {ratio:.2f} 倍，没有说明原因"
            yield judged.hit(submission, message, at="reason")


def _explained(judged: ScoredLine) -> bool:
    words = _MARKS.sub("", folded(judged.line.text("reason")))
    return len(words) >= _SHORTEST and _NO_REASON.fullmatch(words) is None
