from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F052", "check-broke-off", basis="一份表出事，不影响别的表 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """核对这个文件时，工作进程中断了。

    为什么：另开的进程在核对这个文件时两次都中断了（第二次是单独核对的），多半是这个文件引起的，也可能是系统的内存不够。
    别的文件不受影响。收表的人可以先关掉别的程序再核对一次；还是这样，不要用 Excel 打开它，把它交给维护程序的人。
    怎么改：请在下发的原表上重新填写，保存后重新发来；不要转发原来的文件。
    """
    yield from from_faults(returned, "F052")
