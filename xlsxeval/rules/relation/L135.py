from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.figures import figure, places_of
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule

_ADJUSTMENT = "adjustment.final"


@form_rule(
    "L135",
    "adjustment-against-budgets",
    severity=Severity.WARNING,
    basis="预算总额＝基本支出＋项目支出，年初、全年都是一样 [理]；表样“部门基本支出预算调整” [表]",
    parameters=("relation.adjustment", "tolerance.money"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """基本支出预算调整与年初、全年预算数对不上。

    为什么：年初预算数变成全年预算数，不是调了项目支出就是调了基本支出。附件3的项目一个也没有调整，总额却变了，基本支出就有调整；
    总额和项目都没有变，基本支出就没有调整。
    怎么改：核对附件1的基本支出预算调整、附件2和附件3的年初预算数与全年预算数；有的项目没有附件3的，请在报告里写明。
    """
    cell = submission.layout.slots.get(("basic", None, _ADJUSTMENT))
    adjusted = figure(submission, "basic", _ADJUSTMENT)
    initial, budget = (figure(submission, "overall", f"funds.{name}") for name in ("initial", "budget"))
    if cell is None or adjusted is None or initial is None or budget is None:
        return
    tolerance = number(submission, "tolerance.money", 0.01)
    if not switch(submission, "relation.adjustment", True) or not _no_project_changed(submission, tolerance):
        return
    change = round(budget - initial, 6)
    if (abs(change) <= tolerance) != (abs(adjusted) <= tolerance):
        what = "没有变" if abs(change) <= tolerance else f"变了 {change:g} 万元"
        yield Hit(
            f"预算总额全年{what}，各项目都没有调整，基本支出预算调整是 {adjusted:g}",
            submission.place(cell.address),
            field=_ADJUSTMENT,
            label=cell.slot.label if cell.slot else None,
            shown=display(adjusted, cell.look.number_format),
            related=places_of(submission, "overall", "funds.initial", "funds.budget"),
        )


def _no_project_changed(submission: Submission, tolerance: float) -> bool:
    """Whether the unit has forms of projects, and none says that its budget was changed."""
    projects = range(1, len(submission.layout.unit.projects) + 1)
    for project in projects:
        first, last = (figure(submission, "project", f"funds.{name}", project) for name in ("initial", "budget"))
        if first is None or last is None or abs(last - first) > tolerance:
            return False
    return bool(projects)
