from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F053", "check-failed", basis="一份表出事，不影响别的表 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """程序核对这个文件时出错，没有核对完。

    为什么：程序遇到了它没有料到的内容。这是程序的问题，不一定是表的问题；别的文件不受影响。
    收表的人请把这个文件和这条信息交给维护程序的人。
    怎么改：请在下发的原表上重新填写，保存后重新发来。
    """
    yield from from_faults(returned, "F053")
