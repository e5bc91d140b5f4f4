from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.outcomes import outcomes
from xlsxeval.rules.reasons import explained
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.scores import must_explain
from xlsxeval.rules.targets import line_hit


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
    for judged in outcomes(submission):
        line, outcome = judged.line, judged.outcome
        weight, score = line.number("weight"), line.number("score")
        wrong = weight is not None and score is not None and not 0 <= score <= weight
        if wrong or "reason" not in line.cells or explained(submission, line) or not must_explain(submission, outcome):
            continue
        ratio = outcome.ratio or Decimal(0)
        hit = line_hit(submission, line, "reason", f"实际完成值是指标值的 {ratio:.2f} 倍，没有说明原因")
        yield replace(hit, related=[line.place(submission, name) for name in ("target", "actual")])
