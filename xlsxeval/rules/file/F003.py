from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F003", "incomplete-file", basis="文件应完整 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文件损坏或不完整。

    为什么：文件的数据缺了一段或被改坏，多半是下载、复制或上传中断。
    怎么改：请在自己的电脑上确认原文件能打开，保存后重新发来；打不开的，请在收到的原表上重新填写。
    """
    yield from from_faults(returned, "F003")
