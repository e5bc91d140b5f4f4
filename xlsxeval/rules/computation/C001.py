from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("C001", "no-stored-values", severity=Severity.INFO, basis="存储的值只供不计算的程序显示 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """公式没有存储计算结果。

    为什么：表可能没有用 Excel 或 WPS 打开保存过；核对用的是程序自己算的数。
    怎么改：不需要处理。
    """
    blank = 0
    for view in submission.views.values():
        for cell, place in view.placed:
            raw = view.raw.cells.get(place) if cell.formula is not None else None
            stored = raw is None or raw.formula is None or raw.kind != ""
            if not stored and submission.recomputed.get(cell.address) not in (None, ""):
                blank += 1
    if blank:
        yield Hit(f"有 {blank} 个公式没有存储计算结果")
