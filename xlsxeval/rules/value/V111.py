from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import indicator_lines
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import kept_open, line_hit


@form_rule("V111", "actual-with-comparator", basis="实际完成值是一个实际的数 [理]；表样“实际完成值” [表]")
def check(submission: Submission) -> Iterator[Hit]:
    """实际完成值带了比较符号。

    为什么：“≥90%”说的是目标，不是完成了多少；年末的数是多少就是多少，带了符号就无法和指标值比较、无法评分。
    怎么改：填实际完成的数，例如 92.5%，不带“≥”“以上”之类。
    """
    for line in indicator_lines(submission):
        if kept_open(line):
            yield line_hit(submission, line, "actual", "实际完成值带了比较符号，不是一个实际的数")
