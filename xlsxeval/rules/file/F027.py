from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F027", "unreadable-shared-formula", basis="公式应能解读 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """共享公式无法解读。

    为什么：几个单元格共用一个公式，而这个公式的写法无法解读，不知道每格应是什么。
    怎么改：请在收到的原表上重新填写，保存后重新发来；不要改动有公式的单元格。
    """
    yield from from_faults(returned, "F027")
