from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.rules.exports import LABELS, differs, shown
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U004", "grand-total-is-not-the-sum", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """上报的总计与本级加下级的数不符。

    为什么：总计应等于本级各单位的合计加上各下级的总计；不符的，中间有一级的数没有加对，或者被改过。
    怎么改：请这个下级核对是哪一级的数，重新上报；汇总已按逐级重算的数计。
    """
    stated = received.export.total
    computed = sum((level.total for level in received.levels), received.export.own)
    whole = sum((level.everything for level in received.levels), received.export.own)
    below = f"本级合计，加 {len(received.levels)} 个下级逐级重算的总计"
    for name in sorted(stated.sums.keys() | computed.sums.keys()):
        said, found = stated.sums.get(name), computed.sums.get(name)
        if differs(said, found) and differs(said, whole.sums.get(name)):
            yield _hit(name, shown(said), shown(found), below)
    for name, count in computed.counts.items():
        if stated.counts[name] not in (count, whole.counts[name]):
            yield _hit(name, str(stated.counts[name]), str(count), below)


def _hit(name: str, said: str, found: str, working: str) -> Hit:
    message = f"{LABELS[name]}的总计与本级加下级的数不符"
    return Hit(message, spot="总计", field=name, label=LABELS[name], shown=said, expected=found, working=working)
