from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.differences import changed
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T135", "number-format-changed", basis="下发的数字格式不应改动 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """锁定格子的数字格式被改动。

    为什么：改了数字格式，显示出来的就不是格子里真正的数。
    怎么改：恢复原来的数字格式；最简单的办法是在收到的原表上重新填写。
    """
    yield from changed(returned, Change.FORMAT, "数字格式被改动")
