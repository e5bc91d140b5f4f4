from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets, stated_points
from xlsxeval.rules.registry import form_rule

_BARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_LEAST_LINES = 3


@form_rule("V105", "target-holds-points", basis="表样“年度指标值”一列填目标，不填分数 [表]")
def check(submission: Submission) -> Iterator[Hit]:
    """年度指标值一列填的是分值。

    为什么：指标值要写年初定的目标（多少、多好、何时完成）；填成分数，完成没有完成就无从比较。
    怎么改：把这一列改成年初批复的目标，例如“≥95%”；分数留在分值一列或二级指标后面的括号里。
    """
    for lines in sheets(submission):
        told = points_as_targets(lines)
        if told:
            yield Hit(
                f"年度指标值填的是分值，共 {len(told)} 行",
                told[0].address(submission, "target"),
                field=told[0].place(submission, "target").field,
                shown=told[0].text("target"),
                related=[line.place(submission, "target") for line in told[1:]],
            )


def points_as_targets(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """The lines of a sheet whose targets are their points: most of them, so that no single coincidence counts."""
    if "weight" in lines[0].cells:
        told = [line for line in lines if _points(line) is not None and _points(line) == line.number("weight")]
    else:
        told = _adding_up(lines)
    return told if len(told) >= max(_LEAST_LINES, len(lines) / 2) else []


def _adding_up(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """Bare figures that add up to the points behind the second-level class, or stay below them where a line lacks."""
    groups: dict[tuple[str, str], list[IndicatorLine]] = {}
    for line in lines:
        groups.setdefault((line.level1, line.level2), []).append(line)
    told = []
    exact = 0
    for (_, name), group in groups.items():
        stated = stated_points(name)
        figures = [_points(line) for line in group]
        if stated is None or None in figures:
            continue
        total = sum(figure or 0 for figure in figures)
        if total <= stated:
            told += group
            exact += total == stated
    return told if exact * 2 >= len(groups) else []


def _points(line: IndicatorLine) -> float | None:
    """A target that is a bare number, perhaps with 分."""
    text = folded(line.text("target"))
    return float(text.removesuffix("分")) if _BARE.fullmatch(text) else None
