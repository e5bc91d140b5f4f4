from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.dangers import dangers
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.differences import changed
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T136", "content-outside-form", severity=Severity.WARNING, basis="表样以外的格子 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """表样以外有内容。

    为什么：写在表外的内容不会被读取，也不会进报告。
    怎么改：需要说明的话请写进表里的说明栏或“报告正文”，再删去表外的内容。
    """
    if returned.submission is None:
        return
    formulas = {change.address: change.formula for change in returned.submission.differences}
    dangerous = {address for address, formula in formulas.items() if formula and dangers(formula)}  # T150
    for hit in changed(returned, Change.FOREIGN, "这里不属于表样，却有内容"):
        if hit.address not in dangerous:
            yield hit
