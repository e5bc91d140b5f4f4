from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F040", "not-an-ordinary-file", basis="只读取收件文件夹里的普通文件 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """不是可以读取的文件。

    为什么：文件夹、符号链接、管道、没有权限的文件、正在写入的文件都不读取，以免读到别处的内容或读到一半。
    怎么改：请把 xlsx 文件本身放进收件文件夹；正在复制或同步的，等完成后再核对一次。
    """
    yield from from_faults(returned, "F040")
