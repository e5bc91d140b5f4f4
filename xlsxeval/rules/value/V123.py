from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import plain_name, sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import line_hit


@form_rule(
    "V123",
    "indicator-twice",
    plan=True,
    severity=Severity.WARNING,
    basis="一个三级指标只评一次 [理]；三级指标明确、具体 [评分表]",
)
def check(submission: Submission) -> Iterator[Hit]:
    """同一个指标写了两次。

    为什么：同一类下面名称、指标值都一样的两行，评的是同一件事，等于给它双份的分值。
    怎么改：删去一行，分值并到另一行；确实是两件事的，把名称写清楚。
    """
    for lines in sheets(submission):
        seen: dict[tuple[str, ...], IndicatorLine] = {}
        for line in concerned(submission, lines, "level3"):
            name = folded(line.text("level3"))
            key = (plain_name(line.level1), plain_name(line.level2), name, folded(line.text("target")))
            if name and key in seen:
                first = seen[key].line
                yield line_hit(submission, line, "level3", f"与第 {first} 行是同一个指标，指标值也一样")
            seen.setdefault(key, line)
