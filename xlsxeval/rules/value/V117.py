from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.forms.types import wan
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place, Severity
from xlsxeval.quantities import QuantityKind, Target
from xlsxeval.rules.display import display
from xlsxeval.rules.given import is_given
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number
from xlsxeval.rules.profile import COST
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import line_hit, target_of

_MORE_COSTS = ("支出预算控制",)


@form_rule("V117", "cost-target-above-budget", severity=Severity.WARNING, basis="成本指标不高于预算 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """成本指标的指标值超过了预算。

    为什么：成本的上限比全年预算数还高，等于没有控制；多半是单位写错，或用了别的年度的数。
    怎么改：对照全年预算数核对指标值和单位。
    """
    tolerance = number(submission, "tolerance.money", 0.01)
    for line in indicator_lines(submission):
        target = target_of(line)
        cell = submission.layout.slots.get((line.form, line.instance, "funds.budget"))
        budgets = [_amount(submission, line, name) for name in ("funds.budget", "funds.initial")]
        budget = budgets[0]
        if cell is None or budget is None or budget <= 0 or not _is_cost(line):
            continue
        if not isinstance(target, Target) or target.quantity.kind is not QuantityKind.MONEY:
            continue
        # The bound was set when the year began: a budget that was lowered since makes it no wrong one.
        most = max(amount for amount in budgets if amount is not None) + tolerance
        if not target.comparator.smaller_is_better or float(target.quantity.value) <= most:
            continue
        address = submission.place(cell.address)
        budget_at = Place(address.sheet, address.a1, "funds.budget")
        hit = line_hit(submission, line, "target", f"成本的上限超过全年预算数 {_shown(submission, cell)}")
        if not is_given(line, "target"):
            yield replace(hit, related=[budget_at])
        else:
            # The campaign gave the bound: what the unit can look at is its budget.
            message = f"全年预算数低于批复的成本上限 {line.text('target')}（第 {line.line} 行），请核对单位"
            shown = _shown(submission, cell)
            yield Hit(message, address, field=budget_at.field, shown=shown, related=[line.place(submission, "target")])


def _amount(submission: Submission, line: IndicatorLine, path: str) -> float | None:
    cell = submission.layout.slots.get((line.form, line.instance, path))
    value = None if cell is None else submission.value(cell)
    return wan(cell.slot.field.type, value) if isinstance(value, float) and cell is not None and cell.slot else None


def _shown(submission: Submission, cell: PlacedCell) -> str:
    """The amount as the form has it, with the form's unit."""
    assert cell.slot is not None
    return f"{display(submission.value(cell), cell.look.number_format)} {cell.slot.field.type.unit}"


def _is_cost(line: IndicatorLine) -> bool:
    return COST in line.level1 + line.level2 or line.level2 in _MORE_COSTS
