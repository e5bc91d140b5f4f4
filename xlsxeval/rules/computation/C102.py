from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import ExcelError
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Address, split_a1
from xlsxeval.rules.checks import failing_targets
from xlsxeval.rules.display import display, same_value
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("C102", "shown-differs-from-recomputed", basis="所有公式由程序另行重算 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """显示的数与重算的不同。

    为什么：这一格显示的数和按填报的数重新计算的结果不一样；公开以后一算就会露馅。
    怎么改：恢复公式后按 F9 重算并保存；如果公式还在，请用 Excel 或 WPS 打开重新保存。
    """
    submission = returned.submission
    if submission is None:
        return
    told = {Address(place.sheet or "", *split_a1(place.cell or "A1")) for place in failing_targets(submission)}
    for cell in submission.layout.cells.values():
        if cell.formula is None or cell.slot is None or cell.address not in submission.shown:
            continue
        shown, computed = submission.shown[cell.address], submission.recomputed.get(cell.address)
        if isinstance(shown, ExcelError) or isinstance(computed, ExcelError) or same_value(shown, computed):
            continue
        place = submission.place(cell.address)
        if place in told or cell.look.role == "helper":
            continue
        look = cell.look.number_format
        yield Hit(
            "显示的数与按填报数重算的不同",
            place,
            field=cell.slot.path,
            label=cell.slot.label,
            shown=display(shown, look),
            expected=display(computed, look),
        )
