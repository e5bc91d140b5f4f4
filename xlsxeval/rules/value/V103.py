from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.profile import BENEFIT, SATISFACTION, SECOND, first_class, plain_name, satisfaction_inside
from xlsxeval.rules.registry import form_rule


@form_rule(
    "V103",
    "second-level-class",
    plan=True,
    severity=Severity.WARNING,
    basis="财预〔2020〕10号、财预〔2021〕101号的二级指标 [号]；表样的下拉列表 [表]",
    parameters=("satisfaction.class",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """二级指标的名称不规范，或归错了一级指标。

    为什么：数量、质量、时效属于产出，经济、社会、生态、可持续影响属于效益；归错了类，各类的分值就不对。
    怎么改：改用规范的名称，放到所属的一级指标下面。
    """
    told = set()
    for line in concerned(submission, indicator_lines(submission), "level2"):
        key = (line.form, line.instance, line.level1, line.level2)
        if not line.level2 or key in told:
            continue
        told.add(key)
        name = plain_name(line.level2)
        name = name if name.endswith("指标") else f"{name}指标"
        belongs = _belongs(submission, name)
        above = first_class(line.level1)
        if belongs and above and above not in belongs:
            message = f"「{plain_name(line.level2)}」不属于{above}指标"
            expected = "、".join(f"{one}指标" for one in belongs)
        elif not belongs and not _offered(line):
            message, expected = f"「{plain_name(line.level2)}」不是规范的二级指标名称", None
        else:
            continue
        yield Hit(
            message,
            line.address(submission, "level2"),
            field=line.place(submission, "level2").field,
            shown=f"{plain_name(line.level1)} / {plain_name(line.level2)}",
            expected=expected,
        )


def _belongs(submission: Submission, name: str) -> tuple[str, ...]:
    """The first-level classes under which a standard second-level class may stand."""
    belongs = SECOND.get(name, ())
    return (SATISFACTION, BENEFIT) if SATISFACTION in belongs and satisfaction_inside(submission) else belongs


def _offered(line: IndicatorLine) -> bool:
    """Whether the form itself offers the name, or V050 tells that it does not."""
    slot = line.cells["level2"].slot
    if slot is None or not slot.field.choices:
        return False
    names = {plain_name(choice) for choice in slot.field.choices}
    return plain_name(line.level2) in names or (slot.field.strict and not line.cells["level2"].locked)
