from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import Several
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import indicator_lines
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import line_hit, target_of


@form_rule(
    "V115", "several-targets-in-one-line", plan=True, severity=Severity.WARNING, basis="一个三级指标一个指标值 [表]"
)
def check(submission: Submission) -> Iterator[Hit]:
    """一行里有几个指标值。

    为什么：一行只有一个分值，几个指标值有的完成、有的没有完成，就不知道该得多少分。
    怎么改：拆成几个三级指标，各写一行、各定分值。
    """
    for line in concerned(submission, indicator_lines(submission), "target"):
        target = target_of(line)
        if isinstance(target, Several):
            yield line_hit(submission, line, "target", f"一行里有 {len(target.parts)} 个指标值")
