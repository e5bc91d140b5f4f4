from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import ExcelError
from xlsxeval.intake.submission import Submission
from xlsxeval.rules.calculated import never_calculated
from xlsxeval.rules.causes import rests_on, unreadable
from xlsxeval.rules.display import display_both, same_value
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("C102", "shown-differs-from-recomputed", basis="所有公式由程序另行重算 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """显示的数与重算的不同。

    为什么：这一格显示的数和按填报的数重新计算的结果不一样；公开以后一算就会露馅。
    只是跟着别的格子错的不报：公式换成数的由 T101 报，整个文件没有重算过的由 C104 报。
    怎么改：恢复公式后按 F9 重算并保存；如果公式还在，请用 Excel 或 WPS 打开重新保存。
    """
    if never_calculated(submission):
        return
    roots = unreadable(submission)
    for cell in submission.layout.cells.values():
        address = cell.address
        if cell.formula is None or cell.slot is None or cell.look.role == "helper" or address in submission.overtyped:
            continue
        shown, computed = submission.shown.get(address), submission.recomputed.get(address)
        if address not in submission.shown or isinstance(shown, ExcelError) or isinstance(computed, ExcelError):
            continue
        if same_value(shown, computed) or same_value(shown, submission.followed.get(address)):
            continue
        if rests_on(submission.layout, address, roots):
            continue
        shown_text, expected = display_both(shown, computed, cell.look.number_format)
        yield Hit(
            "显示的数与按填报数重算的不同",
            submission.place(address),
            field=cell.slot.path,
            label=cell.slot.label,
            shown=shown_text,
            expected=expected,
        )
