from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F051", "takes-too-much-memory", basis="核对一份表有内存的限额，见安全说明 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """核对这个文件要用的内存太多，没有核对完。

    为什么：正常的表用不到限额的十分之一。这个文件里的内容多得不正常，或者文件是有意做坏的。
    收表的人确认文件正常的，可以在任务里把 limits 的 memory_mb 调大，再核对一次。
    怎么改：请在下发的原表上重新填写，保存后重新发来；不要从别的文件整张复制过来。
    """
    yield from from_faults(returned, "F051")
