from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.registry import Hit, rule


@rule("C001", "no-stored-values", severity=Severity.INFO, basis="存储的值只供不计算的程序显示 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """公式没有存储计算结果。

    为什么：表可能没有用 Excel 或 WPS 打开保存过；核对用的是程序自己算的数。
    怎么改：不需要处理。
    """
    submission = returned.submission
    if submission is None:
        return
    blank = 0
    for cell in submission.layout.cells.values():
        raw = submission.raw_cell(cell.address)
        stored = raw is None or raw.formula is None or raw.kind != ""
        if cell.formula is not None and not stored and submission.recomputed.get(cell.address) not in (None, ""):
            blank += 1
    if blank:
        yield Hit(f"有 {blank} 个公式没有存储计算结果")
