from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.outcomes import outcomes
from xlsxeval.rules.reasons import explained, unexplained_groups
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import line_hit


@form_rule("S115", "missed-without-reason", basis="表样“未完成原因和改进措施”“偏差原因分析” [表]")
def check(submission: Submission) -> Iterator[Hit]:
    """没有达到目标，没有写原因。

    为什么：没有分值或得分的表，达到没有就看实际完成值；没有达到指标值的，这一栏必须说明为什么、下一步怎么办。
    怎么改：在这一行写明未完成的原因和改进措施；如果实际完成值或指标值写错了，请更正。
    """
    told = {(line.sheet, line.line) for *_, group in unexplained_groups(submission) for line in group}
    for judged in outcomes(submission):
        line = judged.line
        if {"weight", "score"} <= line.cells.keys() or "reason" not in line.cells or (line.sheet, line.line) in told:
            continue  # where points are taken off, S102 and S114 ask for the reason
        if judged.missed and not explained(submission, line):
            target, actual = line.text("target"), line.text("actual")
            hit = line_hit(submission, line, "reason", f"没有达到目标（{target}，实际 {actual}），没有写原因")
            yield replace(hit, related=[line.place(submission, name) for name in ("target", "actual")])
