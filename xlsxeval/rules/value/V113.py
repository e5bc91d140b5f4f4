from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import Comparator, Quantity, QuantityKind, Target
from xlsxeval.rules.given import GivenContent, concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import figures, lines_hit, points_as_targets, target_of

_DIRECTED = re.compile("每|增|升|提高|减|降|缩短")
"""Words before a figure that tell the direction (增长5%) or make it a pace (每季度1次)."""
_COUNTED = (QuantityKind.COUNT, QuantityKind.MEASURE)
_A_FEW = 12


@form_rule(
    "V113",
    "target-without-direction",
    plan=True,
    severity=Severity.WARNING,
    basis="指标值要写明方向 [系统]；评分规则 [理]",
)
def check(submission: Submission) -> Iterator[Hit]:
    """指标值没有写方向（≥ 还是 ≤）。

    为什么：只写“85”，完成 90 是超额还是超支，看不出来，也就不能按规则评分。
    怎么改：写成“≥85%”或“≤85%”；正好要等于这个数的写“=85%”。
    """
    for lines in sheets(submission):
        points = points_as_targets(lines)
        undirected = _open if isinstance(submission, GivenContent) else _undirected
        bare = [line for line in concerned(submission, lines, "target") if line not in points and undirected(line)]
        if bare:
            yield lines_hit(submission, bare, "target", "指标值没有写“≥”还是“≤”")


def _undirected(line: IndicatorLine) -> bool:
    """A bare figure where the direction matters: the actual is another one. 100% needs no direction."""
    both = figures(line)
    return both is not None and _bare(line) is not None and both[0].value != both[1].value


def _open(line: IndicatorLine) -> bool:
    """A bare figure that no actual stands beside yet. A few pieces (3个) and a time (12个月) are meant to be just so many."""
    bare = _bare(line)
    if bare is None or bare.value == 0 or bare.kind is QuantityKind.DURATION:
        return False
    return bare.kind not in _COUNTED or bare.value > _A_FEW


def _bare(line: IndicatorLine) -> Quantity | None:
    """The figure of a target without a direction; None for one that needs none: 100%, 增长5%, 每季度1次."""
    target = target_of(line)
    if not isinstance(target, Target) or target.comparator is not Comparator.NONE or _DIRECTED.search(target.label):
        return None
    whole = target.quantity.kind is QuantityKind.SHARE and target.quantity.value == 1
    return None if whole else target.quantity
