from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.rules.exports import LABELS, TOTAL
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U009", "number-of-units", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """单位个数与任务里登记的不同。

    为什么：任务的 levels 里登记了这个下级有几个单位；个数不同，是漏了单位，或者登记的数过时了。
    怎么改：问清下级应有几个单位：漏了的补上、重新上报；登记过时的，改任务的 levels。
    """
    expected, listed = received.units_expected, received.export.total.units
    if expected is not None and expected != listed:
        yield Hit(
            f"列了 {listed} 个单位，登记的是 {expected} 个",
            spot=TOTAL,
            field="units",
            label=LABELS["units"],
            shown=str(listed),
            expected=str(expected),
        )
