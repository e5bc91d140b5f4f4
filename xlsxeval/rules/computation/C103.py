from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import ExcelError
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.rules.calculated import never_calculated
from xlsxeval.rules.causes import rests_on, unreadable
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("C103", "error-value", basis="所有公式由程序另行重算 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """公式显示错误值。

    为什么：显示 #DIV/0!、#VALUE! 之类，多半是引用的格子里填了文字或被删掉。
    填了文字的格子由 V002 报，跟着它错的不另外报。
    怎么改：检查这一格公式引用的格子，把文字改成数；公式坏了的请在收到的原表上重新填写。
    """
    if never_calculated(submission):
        return
    for cell in submission.layout.cells.values():
        raw = None if cell.formula is None else submission.raw_cell(cell.address)
        if raw is None or (raw.formula is None and not raw.kind) or cell.address in submission.overtyped:
            continue
        shown, computed = submission.shown.get(cell.address), submission.recomputed.get(cell.address)
        if not _is_own(submission, cell):
            continue
        look = cell.look.number_format
        yield Hit(
            "公式显示错误值" if isinstance(shown, ExcelError) else "按填报数重算得到错误值",
            submission.place(cell.address),
            field=cell.slot.path if cell.slot else None,
            label=cell.slot.label if cell.slot else None,
            shown=display(shown, look),
            expected=None if isinstance(computed, ExcelError) else display(computed, look),
        )


def _is_own(submission: Submission, cell: PlacedCell) -> bool:
    """Whether an error value arises in this cell, and not in an input or in another formula that it reads."""
    layout, right, address = submission.layout, submission.recomputed, cell.address
    computed = isinstance(right.get(address), ExcelError)
    if not computed and not isinstance(submission.shown.get(address), ExcelError):
        return False
    if rests_on(layout, address, unreadable(submission)):
        return False
    if not computed:
        return not isinstance(submission.followed.get(address), ExcelError)
    if cell.slot is None:
        return False  # 自查 and helper columns only repeat what their precedents show
    return not any(isinstance(right.get(other), ExcelError) for other in layout.program.precedents(address))
