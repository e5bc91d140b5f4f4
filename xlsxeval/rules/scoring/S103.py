from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import AchievementState
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.scores import judged_lines, points


@form_rule(
    "S103",
    "score-not-by-rule",
    basis="财预〔2020〕10号 [号]：定量指标没有达到目标的，按完成值与指标值的比例计分；省级预算绩效管理系统的做法 [系统]",
    parameters=("scoring.larger", "scoring.smaller", "tolerance.score"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """定量指标的得分与评分规则算出的不同。

    为什么：定量指标没有达到目标的，得分按完成的比例算，保留两位小数，不由填表人另定；原因写在偏差原因一栏，不改变得分。
    评扣分标准写明了扣多少的，按那个标准，不在这里核对。
    怎么改：按算式改得分；如果实际完成值或指标值写错了，先改它们；本地另有计分办法的，请与组织部门联系。
    """
    for judged in judged_lines(submission):
        suggestion = judged.suggestion
        if (
            judged.outcome.state is not AchievementState.MISSED
            or suggestion.score is None
            or judged.full
            or judged.own_method
        ):
            continue
        allowed = (suggestion.score, *(score for score in suggestion.alternatives if score != suggestion.score))
        if all(abs(judged.score - score) > judged.tolerance for score in allowed):
            expected = " 或 ".join(points(score) for score in allowed)
            yield judged.hit(submission, f"没有达到目标，按评分规则应得 {expected} 分", expected=expected)
