from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.display import display_both
from xlsxeval.rules.figures import figure, places_of
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule


@form_rule(
    "L132",
    "surplus-against-budget",
    severity=Severity.WARNING,
    basis="结转结余＝预算（含上年结转）－支出 [理]；财预〔2013〕53号 [号]",
    parameters=("relation.surplus", "tolerance.money"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """年末结转结余不等于全年预算数－全年执行数。

    为什么：全年预算数是全年可用的钱，没有用完的部分年末结转或结余；两处的数不同，报告里一减就能看出来。
    怎么改：核对年末结转结余、全年预算数和全年执行数；预算数里不含上年结转、或者收回过指标的，请在报告里写明差额。
    """
    if not switch(submission, "relation.surplus", True):
        return
    budget, executed = (figure(submission, "overall", f"funds.{name}") for name in ("budget", "executed"))
    cell = submission.layout.slots.get(("narrative", None, "surplus"))
    surplus = figure(submission, "narrative", "surplus")
    if cell is None or surplus is None or budget is None or executed is None or executed > budget:
        return
    left = round(budget - executed, 6)
    if abs(surplus - left) <= number(submission, "tolerance.money", 0.01) + 1e-9:
        return
    shown, expected = display_both(surplus, left, cell.look.number_format)
    yield Hit(
        "年末结转结余不等于全年预算数－全年执行数",
        submission.place(cell.address),
        field="surplus",
        label=cell.slot.label if cell.slot else None,
        shown=shown,
        expected=expected,
        working=f"{budget:g}－{executed:g}＝{expected}",
        related=places_of(submission, "overall", "funds.budget", "funds.executed"),
    )
