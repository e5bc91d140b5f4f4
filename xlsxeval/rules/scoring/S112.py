from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number
from xlsxeval.rules.profile import stated_groups
from xlsxeval.rules.registry import form_rule


@form_rule("S112", "scores-above-stated", basis="表样二级指标名称后面印的分数 [表]；得分不高于满分 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """得分合计高于二级指标名称里印的分数。

    为什么：没有分值一列的表，二级指标名称后面的分数就是满分，下面各行的得分加起来不能比它高。
    怎么改：按二级指标的满分重新打分，最低为0。
    """
    tolerance = number(submission, "tolerance.score", 0.005)
    for name, points, group in stated_groups(submission):
        total = round(sum(line.number("score") or 0 for line in group), 6)
        if total - points > tolerance:
            yield Hit(
                f"「{name}」下面 {len(group)} 行得分合计 {total:g} 分，满分是 {points:g} 分",
                group[0].address(submission, "score"),
                field=group[0].place(submission, "score").field,
                shown=f"{total:g}",
                expected=f"{points:g}",
                related=[line.place(submission, "score") for line in group[1:]],
            )
