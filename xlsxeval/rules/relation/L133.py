from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.figures import figure, place_of
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule

_FINAL, _BUDGET = ".final", ".budget"
_ELSEWHERE = ("sangong", "vehicle", "purchase", "running", "abroad", "reception", "adjustment")
"""Rows of which L115 speaks, and the one that is no spending."""


@form_rule(
    "L133",
    "final-above-budget",
    severity=Severity.WARNING,
    basis="支出不应超过调整后的预算 [理]；公用经费控制率、政府采购执行率 [表]；财预〔2013〕53号 [号]",
    parameters=("relation.final_above_budget", "tolerance.money"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """决算数超过预算数。

    为什么：各项经费按预算控制；附件1的决算数比预算数多，要么预算数没有填调整后的数，要么确实超支，需要说明。三公经费另有规则。
    怎么改：核对这一行的预算数（年中调整过的填调整后的数）和决算数；确实超支的在报告里说明原因。
    """
    if not switch(submission, "relation.final_above_budget", True):
        return
    tolerance = number(submission, "tolerance.money", 0.01)
    for (form, _, path), cell in submission.layout.slots.items():
        if form != "basic" or not path.endswith(_FINAL) or cell.kind is not CellKind.INPUT:
            continue
        row = path.removesuffix(_FINAL)
        beside = submission.layout.slots.get((form, None, row + _BUDGET))
        final, budget = figure(submission, form, path), figure(submission, form, row + _BUDGET)
        if row in _ELSEWHERE or beside is None or final is None or budget is None:
            continue
        if round(final - budget, 6) > tolerance:
            look = cell.look.number_format
            yield Hit(
                "决算数超过预算数",
                submission.place(cell.address),
                field=path,
                label=cell.slot.label if cell.slot else None,
                shown=display(final, look),
                expected=f"≤{display(budget, look)}",
                related=[place_of(submission, beside)],
            )
