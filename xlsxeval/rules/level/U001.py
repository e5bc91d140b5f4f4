from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received, totals_of
from xlsxeval.rules.exports import LABELS, TOTAL, differs, shown
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U001", "total-is-not-the-sum", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """上报的合计与各单位的数加起来不符。

    为什么：合计是上级拿去用的数；它不等于各单位之和，不是少加了单位，就是改过合计。
    怎么改：请下级重新收表、重新上报（xlsxeval submit），不要手工改上报包。
    """
    stated, computed = received.export.own.sums, totals_of(received.export.units).sums
    for name in sorted(stated.keys() | computed.keys()):
        if differs(stated.get(name), computed.get(name)):
            yield Hit(
                f"{LABELS[name]}的合计与各单位加起来的数不符",
                spot=TOTAL,
                field=name,
                label=LABELS[name],
                shown=shown(stated.get(name)),
                expected=shown(computed.get(name)),
                working=f"{len(received.export.units)} 个单位相加",
            )
