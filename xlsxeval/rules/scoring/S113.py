from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Place, Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule

_SPEAKS = re.compile("执行率|支出进度|预算调整|年中调整|追加|调增|调减|结转|结余")


@form_rule(
    "S113",
    "low-rate-without-reason",
    severity=Severity.WARNING,
    basis="地方表样要求执行率低或年中调整的写明原因 [表]",
    parameters=("reason.low_rate", "reason.low_rate.below"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """执行率低或年中调整过，没有说明原因。

    为什么：本地要求执行率低于规定、年中调整过预算的，写明为什么、下一步怎么办。
    怎么改：在报告正文里写明执行率低（或预算调整）的原因和改进措施。
    """
    if not switch(submission, "reason.low_rate") or _explained(submission):
        return
    below = number(submission, "reason.low_rate.below", 0.9)
    tolerance = number(submission, "tolerance.money", 0.01)
    for (form, instance, path), cell in submission.layout.slots.items():
        if path != "funds.rate":
            continue
        rate = submission.recomputed.get(cell.address)
        first, last = (_amount(submission, form, instance, name) for name in ("funds.initial", "funds.budget"))
        low = isinstance(rate, float) and round(rate, 4) < below
        adjusted = first is not None and last is not None and round(abs(first - last), 6) > tolerance
        if not low and not adjusted:
            continue
        address = submission.place(cell.address)
        what = f"执行率低于 {display(below, '0%')}" if low else "年中调整过预算"
        yield Hit(
            f"{what}，报告正文没有说明原因",
            address,
            field=path,
            label=cell.slot.label if cell.slot else None,
            shown=display(rate, cell.look.number_format),
            related=[Place(address.sheet, None, "funds.budget")] if adjusted else [],
        )


def _amount(submission: Submission, form: str, instance: int | None, path: str) -> float | None:
    cell = submission.layout.slots.get((form, instance, path))
    value = None if cell is None else submission.value(cell)
    return value if isinstance(value, float) else None


def _explained(submission: Submission) -> bool:
    """Whether the report's text speaks of it, or does not lie in this workbook."""
    texts = [
        submission.inputs.get(cell.address)
        for cell in submission.layout.cells.values()
        if cell.slot is not None and cell.slot.form == "narrative" and cell.kind is CellKind.INPUT
    ]
    return not texts or any(isinstance(text, str) and _SPEAKS.search(text) for text in texts)
