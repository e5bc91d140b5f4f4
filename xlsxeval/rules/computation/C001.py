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
    formulas = [cell.address for cell in submission.layout.cells.values() if cell.formula is not None]
    missing = [address for address in formulas if address not in submission.shown and address.sheet in submission.views]
    blank = [address for address in missing if submission.recomputed.get(address) not in (None, "")]
    if blank:
        yield Hit(f"有 {len(blank)} 个公式没有存储计算结果")
