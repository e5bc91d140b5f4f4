from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U005", "workbook-not-reread", basis="[理]", severity=Severity.WARNING)
def check(received: Received) -> Iterator[Hit]:
    """单位的原表没有能重算。

    为什么：原表读不了，或者它的表样版本这里没有，上报的数就没有东西可以证明，只能照下级写的计。
    怎么改：按原因处理：缺表样版本的，把下级用的表样（templates）拷来，再收一次；读不了的，请下级重新上报。
    """
    for unit in received.export.units:
        reread = received.rereads.get(unit.code)
        if reread is not None and reread.fault is not None:
            yield Hit(f"{unit.name}的原表没有重算：{reread.fault}", spot=unit.code)
