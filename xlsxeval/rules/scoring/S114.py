from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.reasons import unexplained_groups
from xlsxeval.rules.registry import form_rule


@form_rule(
    "S114",
    "points-lost-without-reason",
    basis="表样二级指标名称后面印的分数、“偏差及原因分析” [表]；各部分之和等于总数 [理]",
    parameters=("tolerance.score",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """得分合计低于二级指标名称里印的分数，没有写原因。

    为什么：没有分值一列的表，二级指标名称后面的分数就是满分；各行得分加起来比它低，要么是扣了分没有写原因，要么是分数没有分完。
    怎么改：核对各行的得分，使满分的各行加起来等于括号里的分数；确实扣了分的，写明偏差原因。
    """
    for name, points, total, group in unexplained_groups(submission):
        scores = [line.number("score") or 0.0 for line in group]
        yield Hit(
            f"「{name}」下面 {len(group)} 行得分合计 {total:g} 分，满分是 {points:g} 分，没有写原因",
            group[0].address(submission, "score"),
            field=group[0].place(submission, "score").field,
            shown=f"{total:g}",
            expected=f"{points:g}",
            related=[line.place(submission, "score") for line in group[1:]],
            working="＋".join(f"{score:g}" for score in scores) + f"＝{total:g} 分",
        )
