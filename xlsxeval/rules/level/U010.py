from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U010", "counted-twice", basis="[理]", severity=Severity.WARNING)
def check(received: Received) -> Iterator[Hit]:
    """同一个单位在两处计数。

    为什么：同一个单位既在这一级、又在别处上报，它的预算和执行数不能在总计里算两遍：只在那一处计，这一处没有计入。
    怎么改：问清这个单位归哪一级上报，让另一级去掉它、重新上报；确实是两个单位的，给其中一个换代码，重新上报。
    """
    for unit in received.export.units:
        other = received.elsewhere.get((unit.code, unit.name))
        if other is not None:
            yield Hit(
                f"单位 {unit.code} {unit.name} 在{other}也有，只在那里计数",
                spot=unit.code,
                label="单位",
                shown=unit.name,
            )
