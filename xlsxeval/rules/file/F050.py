from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F050", "takes-too-long", basis="核对一份表有时间的限额，见安全说明 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """核对这个文件用的时间太长，没有核对完。

    为什么：正常的表不到一秒就能核对完。这个文件里有什么使程序停不下来：内容多得不正常，或者文件是有意做坏的；
    本机太忙、太慢时也会这样。收表的人确认文件正常的，可以在任务里把 limits 的 seconds 调大，再核对一次。
    怎么改：请在下发的原表上重新填写，保存后重新发来；不要从别的文件整张复制过来。
    """
    yield from from_faults(returned, "F050")
