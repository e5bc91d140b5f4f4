from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I003", "another-campaign", basis="一份表只属于一个任务 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """不是这次任务的表。

    为什么：常见的是把上一年的表又报了一次。
    怎么改：请填报本次任务下发的表，重新发来。
    """
    yield from from_faults(returned, "I003")
