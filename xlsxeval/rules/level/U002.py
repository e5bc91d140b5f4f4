from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.rules.exports import LABELS, differs, shown
from xlsxeval.rules.registry import Hit, export_rule


@export_rule("U002", "figure-is-not-the-workbooks", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """上报的数与单位原表重算的不同。

    为什么：上报包里附有单位的原表，由原表的填报数重新算出的数才算数；不同的，是上报的数被改过，或者附的不是那一份表。
    怎么改：请下级以原表为准重新上报；汇总已按原表重算的数计。
    """
    for unit in received.export.units:
        reread = received.rereads.get(unit.code)
        if reread is None or reread.fault is not None:
            continue
        for name in sorted(unit.amounts.keys() | reread.amounts.keys()):
            if differs(unit.amounts.get(name), reread.amounts.get(name)):
                yield Hit(
                    f"{unit.name}的{LABELS[name]}与原表重算的不同",
                    spot=unit.code,
                    field=name,
                    label=LABELS[name],
                    shown=shown(unit.amounts.get(name)),
                    expected=shown(reread.amounts.get(name)),
                    working=f"由 {'、'.join(file.name for file in unit.files)} 的填报数重新算出",
                    aspect=unit.code,
                )
