from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import AchievementState
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.reasons import explained
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.scores import judged_lines, must_explain, points


@form_rule(
    "S104",
    "met-but-deducted",
    severity=Severity.WARNING,
    basis="财预〔2020〕10号 [号]：定量指标达到指标值的，记满分",
    parameters=("overachievement", "tolerance.score"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """达到了目标却扣了分。

    为什么：定量指标达到了指标值就是满分；扣了分，要么得分打错了，要么完成值不是实际的数。
    怎么改：核对实际完成值；确实达到的，得分改为分值；因为别的原因扣分的，在偏差原因一栏写明。
    """
    for judged in judged_lines(submission):
        outcome = judged.outcome
        if outcome.state is not AchievementState.MET or not outcome.quantitative or judged.full:
            continue
        # Some offices take points off for a target that was set too low; then the reason says so.
        if must_explain(submission, outcome) and explained(submission, judged.line):
            continue
        message = f"达到了目标，却扣了 {points(judged.weight - judged.score)} 分"
        yield judged.hit(submission, message, expected=points(judged.weight))
