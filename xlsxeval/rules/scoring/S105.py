from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import AchievementState, Quantity, QuantityKind, Target, has_figure
from xlsxeval.quantities.numerals import folded
from xlsxeval.quantities.quantity import read_quantity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.scores import ScoredLine, judged_lines, points

_STEP = re.compile(r"每[^\d一二两三四五六七八九十]{0,8}")


@form_rule(
    "S105",
    "missed-but-full",
    basis="财预〔2020〕10号 [号]：定量指标没有达到指标值的，按比例计分，不得满分",
    parameters=("scoring.larger", "scoring.smaller", "tolerance.score"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """没有达到目标却得了满分。

    为什么：实际完成值没有达到指标值，得分还是满分，自评就失去了意义，也是复核时最先查到的。
    怎么改：按评分规则扣分，并在偏差原因一栏写明原因和改进措施；如果实际完成值或指标值写错了，请更正。
    """
    for judged in judged_lines(submission):
        outcome, score = judged.outcome, judged.suggestion.score
        if (
            outcome.state is not AchievementState.MISSED
            or not outcome.quantitative
            or not judged.full
            or judged.weight == 0
        ):
            continue
        if (score is not None and judged.weight - score <= judged.tolerance) or _within_a_step(judged):
            continue
        by_rule = score is not None and not judged.own_method
        yield judged.hit(
            submission,
            f"没有达到目标（{judged.line.text('target')}，实际 {judged.line.text('actual')}），却得了满分",
            expected=points(score) if score is not None and by_rule else f"低于 {points(judged.weight)}",
        )


def _within_a_step(judged: ScoredLine) -> bool:
    """Whether the line's own criterion (每低1个百分点扣1分) takes nothing off for so small a gap, or cannot be read."""
    target, actual = judged.outcome.target, judged.outcome.actual
    match = _STEP.search(folded(judged.criterion))
    if match is None:
        return False
    step, _ = read_quantity(folded(judged.criterion), match.end())
    if not isinstance(actual, Target) and not has_figure(judged.line.text("actual")):
        return False  # 未完成 is a whole step at least
    if step is None or not isinstance(target, Target) or not isinstance(actual, Target):
        return True
    gap = abs(target.quantity.value - actual.quantity.value)
    return gap < max(_sizes(step, target.quantity), default=gap + 1)


def _sizes(step: Quantity, target: Quantity) -> list[Decimal]:
    """What a step may be in the target's unit; 每低1% may be one point of a share or a hundredth of the target."""
    if step.kind is QuantityKind.POINT and target.kind is QuantityKind.SHARE:
        return [step.value / 100]
    if step.kind is QuantityKind.SHARE:
        return [step.value * target.value, *([step.value] if target.kind is QuantityKind.SHARE else [])]
    return [step.value] if step.unit == target.unit or step.kind is QuantityKind.BARE else []
