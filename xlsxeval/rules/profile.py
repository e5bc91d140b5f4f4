"""The classes of indicators that an edition defines: their names, which are required, and their points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number, word

SATISFACTION, BENEFIT, COST = "满意度", "效益", "成本"
FIRST = {"投入": "input", "产出": "output", BENEFIT: "benefit", SATISFACTION: "satisfaction", COST: "cost"}
"""Word that names a first-level class → last part of the class's parameter (``weight.output``)."""

SECOND: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("数量指标", "质量指标", "时效指标"), ("产出",)),
    "成本指标": ("产出", COST),
    **dict.fromkeys(("经济成本指标", "社会成本指标", "生态环境成本指标"), (COST,)),
    **dict.fromkeys(("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"), (BENEFIT,)),
    **dict.fromkeys(("服务对象满意度指标", "满意度指标"), (SATISFACTION,)),
}
"""Standard second-level class (财预〔2020〕10号, 财预〔2021〕101号) → the first-level classes it may belong to."""

_STATED = re.compile(r"\(\s{0,9}(\d{1,3}(?:\.\d{1,2})?)\s{0,9}分?\s{0,9}\)$")


def plain_name(level: str) -> str:
    """The name of a class without blanks and without its points: 产出指标(50分) → 产出指标."""
    return re.sub(r"\s+", "", _STATED.sub("", folded(level)))


def stated_points(level: str) -> float | None:
    """The points stated in the name of a class: 产出指标(50分) → 50, 数量指标（6） → 6; None where it states none."""
    match = _STATED.search(folded(level))
    return float(match[1]) if match else None


def first_class(level1: str) -> str:
    """The first-level class that a name means (产出, 效益, …); empty for any other name."""
    name = plain_name(level1)
    return next((known for known in FIRST if name.startswith(known) or name == f"服务对象{known}指标"), "")


def sheets(submission: Submission) -> Iterator[Sequence[IndicatorLine]]:
    """Yields the indicator lines of each worksheet."""
    for _, lines in groupby(indicator_lines(submission), key=lambda line: (line.form, line.instance)):
        yield list(lines)


def stated_groups(submission: Submission) -> Iterator[tuple[str, float, Sequence[IndicatorLine]]]:
    """Yields name, stated points and lines of each second-level class, in forms without a column of weights."""
    for lines in sheets(submission):
        if "weight" in lines[0].cells:
            continue
        groups: dict[tuple[str, str], list[IndicatorLine]] = {}
        for line in lines:
            groups.setdefault((line.level1, line.level2), []).append(line)
        for (_, name), group in groups.items():
            points = stated_points(name)
            if points is not None:
                yield name, points, group


def profile(submission: Submission, form: str) -> dict[str, float]:
    """The points of each first-level class; empty for an edition that prescribes none.

    ``weight.<form>.output`` has precedence over ``weight.output``. Where 满意度 is a part of 效益, the points of 效益
    include those of 满意度.
    """
    for prefix in (f"weight.{form}", "weight"):
        found = {name: number(submission, f"{prefix}.{key}", 0.0) for name, key in FIRST.items()}
        found = {name: points for name, points in found.items() if points}
        if found:
            if satisfaction_inside(submission):
                found.pop(SATISFACTION, None)
            return found
    return {}


def satisfaction_inside(submission: Submission) -> bool:
    """Whether 满意度 is a part of 效益 in the edition."""
    return first_class(word(submission, "satisfaction.class")) == BENEFIT


def required_classes(submission: Submission, form: str) -> tuple[str, ...]:
    """The first-level classes that a form must have: those of the profile, else those listed in ``classes.first``."""
    return tuple(profile(submission, form)) or listed(submission, "classes.first")


def listed(submission: Submission, name: str) -> tuple[str, ...]:
    """The words of a parameter that is a list: 产出、效益、满意度."""
    return tuple(part for part in word(submission, name).split("、") if part)


def points_by_class(lines: Iterable[IndicatorLine]) -> dict[str, float] | None:
    """The points that lines give to each first-level class; None where a line has no weight or no known class."""
    found: dict[str, float] = {}
    for line in lines:
        name = first_class(line.level1)
        points = line.number("weight" if "weight" in line.cells else "share")
        if not name:
            return None
        if "weight" in line.cells:
            if points is None:
                return None
            found[name] = found.get(name, 0.0) + points
        elif points is not None:
            found.setdefault(name, points)
    return found


def first_line(lines: Iterable[IndicatorLine], name: str) -> IndicatorLine:
    """The first line of a first-level class."""
    return next(line for line in lines if first_class(line.level1) == name)
