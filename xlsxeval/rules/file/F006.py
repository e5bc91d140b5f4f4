from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F006", "active-content", basis="报表只含数据和公式 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """含有宏、控件、嵌入对象，或是模板。

    为什么：宏和嵌入的文件可能有害，下发的表里也没有这些内容。
    怎么改：请把数字填到收到的原表里，重新发来；另存成了 .xlsm、.xlsb 或 .xltx 的，请另存为“Excel 工作簿（*.xlsx）”。
    """
    yield from from_faults(returned, "F006")
