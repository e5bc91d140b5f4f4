from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import Comparator, QuantityKind, Target
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import figures, lines_hit, points_as_targets, target_of

_DIRECTED = re.compile("每|增|升|提高|减|降|缩短")
"""Words before a figure that tell the direction (增长5%) or make it a pace (每季度1次)."""


@form_rule(
    "V113", "target-without-direction", severity=Severity.WARNING, basis="指标值要写明方向 [系统]；评分规则 [理]"
)
def check(submission: Submission) -> Iterator[Hit]:
    """指标值没有写方向（≥ 还是 ≤）。

    为什么：只写“85”，完成 90 是超额还是超支，看不出来，也就不能按规则评分。
    怎么改：写成“≥85%”或“≤85%”；正好要等于这个数的写“=85%”。
    """
    for lines in sheets(submission):
        points = points_as_targets(lines)
        bare = [line for line in lines if line not in points and _undirected(line)]
        if bare:
            yield lines_hit(submission, bare, "target", "指标值没有写“≥”还是“≤”")


def _undirected(line: IndicatorLine) -> bool:
    """A bare figure where the direction matters: the actual is another one. 100% needs no direction."""
    target = target_of(line)
    both = figures(line)
    if not isinstance(target, Target) or target.comparator is not Comparator.NONE or both is None:
        return False
    if _DIRECTED.search(target.label):
        return False
    wanted, got = both
    return wanted.value != got.value and not (wanted.kind is QuantityKind.SHARE and wanted.value == 1)
