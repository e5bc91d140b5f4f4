from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received, Refused
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U007", "lower-level-not-proven", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """下级的下级交的上报包不能用。

    为什么：中间一级把它收来的上报包原样附上，各级逐一验签；验不过的不能证明，它的数不计入总计。
    怎么改：按原因，请中间一级让它的下级重新上报，收好以后再一起上报。
    """
    for lower, below in received.lower:
        if isinstance(below, Refused):
            yield Hit(f"{lower.name}的上报包没有收：{below}", spot=lower.code, aspect=below.code)
