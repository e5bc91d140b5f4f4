from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F001", "empty-file", basis="文件没有内容 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """空文件。

    为什么：文件大小是 0，多半是没有传完或保存失败。
    怎么改：请在电脑上打开原来的表，确认内容还在，保存后重新发来。
    """
    yield from from_faults(returned, "F001")
