from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received, totals_of
from xlsxeval.rules.exports import LABELS, TOTAL
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U003", "count-of-units", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """上报的单位个数与所列的单位不符。

    为什么：已报、未报、有错误各有几个，上级要逐级相加；与所列的单位对不上，就不知道少了谁。
    怎么改：请下级重新收表、重新上报。
    """
    stated, computed = received.export.own.counts, totals_of(received.export.units).counts
    for name, count in computed.items():
        if stated[name] != count:
            yield Hit(
                f"{LABELS[name]}的个数与所列的单位不符",
                spot=TOTAL,
                field=name,
                label=LABELS[name],
                shown=str(stated[name]),
                expected=str(count),
            )
