from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.given import concern
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.parameters import number
from xlsxeval.rules.profile import (
    BENEFIT,
    COST,
    SATISFACTION,
    first_line,
    points_by_class,
    profile,
    sheets,
    stated_points,
)
from xlsxeval.rules.registry import form_rule


@form_rule(
    "S109",
    "weights-off-profile",
    plan=True,
    severity=Severity.WARNING,
    basis="财预〔2020〕10号、财预〔2021〕101号 [号]；各版本的分值见参数 weight",
    parameters=("weight.output", "weight.benefit", "weight.satisfaction", "weight.cost", "satisfaction.class"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """一级指标的分值与规定的权重不符。

    为什么：产出、效益、满意度、成本各占多少分由办法或表样规定，各单位一样，总分才能比较。
    怎么改：对照年初批复的指标表，按规定的权重分配各三级指标的分值；经批准另定权重的不用改，请附上批复。
    """
    tolerance = number(submission, "tolerance.score", 0.005)
    for lines in sheets(submission):
        if not concern(submission, lines, "weight" if "weight" in lines[0].cells else "share"):
            continue
        found = points_by_class(lines)
        wanted = _wanted(profile(submission, lines[0].form), found or {})
        off = [
            name
            for name, points in wanted.items()
            if found and name in found and abs(found[name] - points) > tolerance and not _told(lines, name)
        ]
        if not found or not off:
            continue
        line = first_line(lines, off[0])
        yield Hit(
            f"一级指标的分值不合规定：{'，'.join(f'{name} {found[name]:g} 分，应为 {wanted[name]:g} 分' for name in off)}",
            line.address(submission, "level1"),
            field=line.place(submission, "level1").field,
            shown="、".join(f"{name} {found[name]:g}" for name in off),
            expected="、".join(f"{name} {wanted[name]:g}" for name in off),
        )


def _wanted(profile: dict[str, float], found: dict[str, float]) -> dict[str, float]:
    """The profile for a table with these classes: without satisfaction its points go to the benefits; a class of costs
    that the profile does not have shifts all the others, and nobody says how."""
    if COST in found and COST not in profile:
        return {}
    if SATISFACTION in profile and SATISFACTION not in found:
        return {name: points + (profile[SATISFACTION] if name == BENEFIT else 0) for name, points in profile.items()}
    return profile


def _told(lines: Sequence[IndicatorLine], name: str) -> bool:
    """Whether L130 looks after the class, because its name states the points."""
    line = first_line(lines, name)
    return "weight" in line.cells and stated_points(line.level1) is not None
