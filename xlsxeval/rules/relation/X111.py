from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number
from xlsxeval.rules.registry import form_rule

_SPENDING = ("funds.project", "project.executed")
"""Where editions have the year's spending on projects."""


@form_rule(
    "X111",
    "project-forms-missing",
    severity=Severity.WARNING,
    basis="有项目支出的，每个项目填一张项目支出自评表 [表]；财预〔2020〕10号 [号]",
    parameters=("tolerance.money",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """有项目支出，却没有项目支出自评表。

    为什么：附件2填了项目支出，这个单位却一张项目支出自评表（附件3）也没有，项目花的钱就没有评价。
    怎么改：请组织部门核对名册里这个单位的项目，补上以后重新下发；确实不用填项目表的，登记例外。
    """
    layout = submission.layout
    wanted = layout.unit.forms  # where the organiser lists the unit's forms, he has decided
    forms = [form for form in layout.edition.forms if form.each == "project" and (wanted is None or form.id in wanted)]
    if not forms or layout.unit.projects or layout.part is not None:
        return
    for (form, _, path), cell in layout.slots.items():
        spent = submission.value(cell)
        if form != "overall" or path not in _SPENDING or not isinstance(spent, float):
            continue
        if round(spent, 6) > number(submission, "tolerance.money", 0.01) and cell.slot is not None:
            shown = display(spent, cell.look.number_format)
            yield Hit(
                f"项目支出 {shown} {cell.slot.field.type.unit}，这个单位却没有项目支出自评表",
                submission.place(cell.address),
                field=path,
                label=cell.slot.label,
                shown=shown,
            )
