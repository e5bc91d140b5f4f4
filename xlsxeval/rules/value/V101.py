from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.given import concern
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.profile import (
    BENEFIT,
    SATISFACTION,
    first_class,
    points_by_class,
    profile,
    required_classes,
    sheets,
)
from xlsxeval.rules.registry import form_rule


@form_rule(
    "V101",
    "first-level-class-missing",
    plan=True,
    severity=Severity.WARNING,
    basis="财预〔2020〕10号 [号]：产出、效益、满意度；表样印的一级指标 [表]",
    parameters=("classes.first", "weight.output", "weight.benefit", "weight.satisfaction", "weight.cost"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """缺一级指标。

    为什么：产出、效益、满意度都要有指标，缺一类就有一部分绩效没有评价。
    怎么改：补上缺的一类指标；年初批复里就没有的，向组织部门说明。
    """
    for lines in sheets(submission):
        if not concern(submission, lines, "level1"):
            continue
        found = {first_class(line.level1) for line in lines}
        missing = [name for name in required_classes(submission, lines[0].form) if name not in found]
        if "" in found or not missing or "level1" not in lines[0].cells:
            continue
        points = profile(submission, lines[0].form)
        if missing == [SATISFACTION] and points:
            given = points_by_class(lines) or {}
            if given.get(BENEFIT) == points[BENEFIT] + points[SATISFACTION]:
                continue  # 没有满意度指标的，满意度的分并入效益
        yield Hit(
            f"缺一级指标：{'、'.join(missing)}",
            lines[0].address(submission, "level1"),
            field=lines[0].place(submission, "level1").field,
            shown="、".join(dict.fromkeys(first_class(line.level1) for line in lines)),
            expected="、".join(required_classes(submission, lines[0].form)),
        )
