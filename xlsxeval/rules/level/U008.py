from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U008", "unit-left-out", basis="[理]", severity=Severity.WARNING)
def check(received: Received) -> Iterator[Hit]:
    """上次上报有、这次没有的单位。

    为什么：单位从上报包里少了，它的数也就从合计里少了；撤销合并的单位要有依据。
    怎么改：问清下级为什么少了这个单位；漏了的补上，重新上报。
    """
    now = {unit.code for unit in received.export.units}
    for unit in received.earlier.units if received.earlier is not None else ():
        if unit.code not in now:
            yield Hit(
                f"上次上报的单位 {unit.code} {unit.name} 这次没有列", spot=unit.code, label="单位", shown="（没有）"
            )
