from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F041", "lock-file", severity=Severity.INFO, basis="锁文件不是报送的内容 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """是表格软件的锁文件。

    为什么：打开工作簿时，软件会在旁边放一个 ~$ 开头的临时文件；它没有数据，已跳过。
    怎么改：关闭打开着的工作簿，这个文件会自动消失。
    """
    yield from from_faults(returned, "F041")
