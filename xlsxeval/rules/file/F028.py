from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F028", "text-cut", basis="一个单元格最多 32767 字 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文字超过单元格的上限。

    为什么：Excel 的一个单元格最多放 32767 字，超过的部分打开时会丢失，这里也没有读取。
    怎么改：请把文字精简到上限以内，保存后重新发来；长的材料作为附件另报。
    """
    yield from from_faults(returned, "F028")
