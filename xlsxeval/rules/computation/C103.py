from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import ExcelError
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("C103", "error-value", basis="所有公式由程序另行重算 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """公式显示错误值。

    为什么：显示 #DIV/0!、#VALUE! 之类，多半是引用的格子里填了文字或被删掉。
    怎么改：检查这一格公式引用的格子，把文字改成数；公式坏了的请在收到的原表上重新填写。
    """
    submission = returned.submission
    if submission is None:
        return
    for cell in submission.layout.cells.values():
        raw = None if cell.formula is None else submission.raw_cell(cell.address)
        if raw is None or (raw.formula is None and not raw.kind):
            continue
        shown, computed = submission.shown.get(cell.address), submission.recomputed.get(cell.address)
        if cell.slot is None and isinstance(computed, ExcelError):
            continue  # 自查 and helper columns only repeat what their precedents show
        if isinstance(shown, ExcelError) or isinstance(computed, ExcelError):
            look = cell.look.number_format
            yield Hit(
                "公式显示错误值" if isinstance(shown, ExcelError) else "按填报数重算得到错误值",
                submission.place(cell.address),
                field=cell.slot.path if cell.slot else None,
                label=cell.slot.label if cell.slot else None,
                shown=display(shown, look),
                expected=display(computed, look),
            )
