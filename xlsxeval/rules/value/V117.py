from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place, Severity
from xlsxeval.quantities import QuantityKind, Target
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number
from xlsxeval.rules.profile import COST
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import target_of

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
        budget = None if cell is None else submission.value(cell)
        if cell is None or not isinstance(budget, float) or budget <= 0 or not _is_cost(line):
            continue
        if not isinstance(target, Target) or target.quantity.kind is not QuantityKind.MONEY:
            continue
        if not target.comparator.smaller_is_better or float(target.quantity.value) <= budget + tolerance:
            continue
        address = submission.place(cell.address)
        yield Hit(
            f"成本的上限超过全年预算数 {display(budget, cell.look.number_format)} 万元",
            line.address(submission, "target"),
            field=line.place(submission, "target").field,
            shown=line.text("target"),
            related=[Place(address.sheet, address.a1, "funds.budget")],
        )


def _is_cost(line: IndicatorLine) -> bool:
    return COST in line.level1 + line.level2 or line.level2 in _MORE_COSTS
