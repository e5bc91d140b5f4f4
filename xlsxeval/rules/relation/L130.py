from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.given import concern
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.parameters import number
from xlsxeval.rules.profile import sheets, stated_points
from xlsxeval.rules.registry import form_rule


@form_rule("L130", "weights-off-stated", plan=True, basis="表样一级、二级指标名称后面印的分数 [表]；合计关系 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """各行分值的合计与指标名称里印的分数不符。

    为什么：“产出指标(50分)”“数量指标（15）”把分数印在名称里，下面各三级指标的分值加起来应当正好是这个数。
    怎么改：核对这一类下面各行的分值和归类，补上漏填的、改正填错的。
    """
    tolerance = number(submission, "tolerance.score", 0.005)
    for lines in sheets(submission):
        if not concern(submission, lines, "weight"):
            continue
        for level in ("level1", "level2"):
            for group in _groups(lines, level):
                name = getattr(group[0], level)
                points = stated_points(name)
                weights = [line.number("weight") for line in group]
                if points is None or None in weights:
                    continue
                total = round(sum(weight or 0 for weight in weights), 6)
                if abs(total - points) > tolerance:
                    yield Hit(
                        f"「{name}」下面 {len(group)} 行的分值合计 {total:g} 分，名称里印的是 {points:g} 分",
                        group[0].address(submission, level),
                        field=group[0].place(submission, level).field,
                        shown=f"{total:g}",
                        expected=f"{points:g}",
                        working="＋".join(f"{weight:g}" for weight in weights),
                        related=[line.place(submission, "weight") for line in group],
                    )


def _groups(lines: Sequence[IndicatorLine], level: str) -> list[list[IndicatorLine]]:
    """The lines of each class that has its name in a cell of its own, wherever they stand; without those of no class."""
    if level not in lines[0].cells or "weight" not in lines[0].cells:
        return []

    def key(line: IndicatorLine) -> tuple[str, str]:
        return (line.level1, line.level2 if level == "level2" else "")

    first = {key(line): index for index, line in reversed(list(enumerate(lines)))}
    ordered = sorted((line for line in lines if getattr(line, level)), key=lambda line: first[key(line)])
    return [list(group) for _, group in groupby(ordered, key=key)]
