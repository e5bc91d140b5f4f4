from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.outcomes import outcomes
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import line_hit


@form_rule(
    "V121",
    "words-for-a-figure",
    basis="表样“实际完成值” [表]；财预〔2020〕10号 [号]：定量指标按完成值与指标值的比例计分",
)
def check(submission: Submission) -> Iterator[Hit]:
    """指标值是数，实际完成值写的是文字。

    为什么：指标值是“≥95%”，实际完成值写“合格”“基本达到”“全部完成”，看不出完成了多少，得分也就没有依据。
    怎么改：填实际完成的数，例如 96.5%，单位与指标值一致；没有开展的填 0，并写明原因。
    """
    for judged in outcomes(submission):
        if judged.in_words:
            target = judged.line.text("target")
            yield line_hit(submission, judged.line, "actual", f"指标值“{target}”是数，实际完成值写的不是数")
