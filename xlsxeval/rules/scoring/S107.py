from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import tier_of
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.scores import judged_lines, points


@form_rule(
    "S107",
    "score-outside-tier",
    basis="财预〔2020〕10号 [号]：定性指标分达成、部分达成、未达成三档计分",
    parameters=("scoring.achieved_from", "scoring.partly_from", "tolerance.score"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """定性指标的得分不在它那一档。

    为什么：定性指标写“已完成”的得分值的八成以上，“部分完成”的六成到八成，“未完成”的六成以下；话和分对不上，就有一样不实。
    怎么改：按实际情况改得分，或者改实际完成值的说法；扣了分的写明原因。
    """
    for judged in judged_lines(submission):
        tier, span = judged.outcome.tier, judged.suggestion.span
        if tier is None or span is None or tier_of(judged.line.text("actual")) is not tier:
            continue
        low, high = span
        # The line's own criterion may take off more, but does not give more for what was not done.
        too_low = judged.score < low - judged.tolerance and not judged.own_method
        if too_low or judged.score > high + judged.tolerance:
            message = f"实际完成值写的是{tier.value}，得分应在 {points(low)} 到 {points(high)} 分之间"
            yield judged.hit(submission, message, expected=f"{points(low)}–{points(high)}")
