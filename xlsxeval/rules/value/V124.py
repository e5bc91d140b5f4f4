from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.forms.types import wan
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place, Severity
from xlsxeval.quantities import QuantityKind, Target
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.outcomes import JudgedLine, outcomes
from xlsxeval.rules.parameters import number
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import line_hit

_WITHIN_BUDGET = re.compile("超.{0,4}预算|预算.{0,4}内")


@form_rule(
    "V124", "within-budget-though-overspent", severity=Severity.WARNING, basis="成本指标与全年执行数是同一笔钱 [理]"
)
def check(submission: Submission) -> Iterator[Hit]:
    """表上花的钱超过了预算，成本指标却写没有超。

    为什么：指标值写“不超预算”或者就是预算数，全年执行数已经超过它，实际完成值还写没有超过，两处必有一处不实。
    怎么改：核对全年预算数、全年执行数和实际完成值；确实超了的，改实际完成值和得分，写明原因。
    """
    for judged in outcomes(submission):
        line = judged.line
        cells = [submission.layout.slots.get((line.form, line.instance, f"funds.{name}")) for name in _FUNDS]
        executed_cell = cells[0]
        if executed_cell is None or not judged.met:
            continue
        executed, *budgets = (_amount(submission, cell) for cell in cells)
        bound = _bound(submission, judged, budgets)
        tolerance = number(submission, "tolerance.money", 0.01)
        if executed is None or bound is None or executed <= bound + tolerance:
            continue
        address = submission.place(executed_cell.address)
        spent = display(submission.value(executed_cell), executed_cell.look.number_format)
        unit = executed_cell.slot.field.type.unit if executed_cell.slot else "万元"
        message = f"全年执行数 {spent} {unit}，超过了预算，实际完成值却写没有超"
        hit = line_hit(submission, line, "actual", message)
        yield replace(hit, related=[Place(address.sheet, address.a1, "funds.executed")])


_FUNDS = ("executed", "budget", "initial")


def _amount(submission: Submission, cell: PlacedCell | None) -> float | None:
    value = None if cell is None else submission.value(cell)
    if cell is None or cell.slot is None or not isinstance(value, float) or value <= 0:
        return None
    return wan(cell.slot.field.type, value)


def _bound(submission: Submission, judged: JudgedLine, budgets: list[float | None]) -> float | None:
    """What the line says was not exceeded: the budget in words, or in figures; None where it is about something else."""
    known = [budget for budget in budgets if budget is not None]
    target = judged.outcome.target
    if not known:
        return None
    if _WITHIN_BUDGET.search(judged.line.text("target")):
        return known[0]
    if not isinstance(target, Target) or target.quantity.kind is not QuantityKind.MONEY:
        return None
    wanted = float(target.quantity.value)
    whole = target.comparator.smaller_is_better and any(abs(wanted - budget) <= 0.01 for budget in known)
    return wanted if whole else None
