from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I002", "unknown-edition", basis="表样由版本决定 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """表样版本不认识。

    为什么：表是用另一个版本的程序或另一套表样做的，无法逐格核对。
    怎么改：请向组织部门要现行的表，把数填过去，重新发来；组织部门也可以用发表时的程序版本核对。
    """
    yield from from_faults(returned, "I002")
