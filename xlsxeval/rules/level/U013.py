from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received, ReturnStatus
from xlsxeval.rules.exports import LABELS, shown
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U013", "figure-without-workbook", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """单位有数，却没有列原表。

    为什么：没有报表的单位不会有数；有数而没有原表，这些数就没有来处。
    怎么改：请下级查清这些数从哪里来：收到过表的，收进任务再上报；没有收到的，不应有数。
    """
    for unit in received.export.units:
        if not unit.files and (unit.amounts or unit.status in (ReturnStatus.CLEAN, ReturnStatus.ERRORS)):
            figures = "、".join(f"{LABELS[name]} {shown(value)}" for name, value in sorted(unit.amounts.items()))
            yield Hit(f"{unit.name}没有列原表，却有数", spot=unit.code, shown=figures or unit.status.value)
