from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.model import Severity
from xlsxeval.rules.exports import TOTAL
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U012", "edition-differs", basis="[理]", severity=Severity.WARNING)
def check(received: Received) -> Iterator[Hit]:
    """下级用的表样定义与本级的不同。

    为什么：同一个版本号的表样，定义改过，由原表重算的数就可能与下级算的不同。
    怎么改：两级用同一份表样（templates）；下级的旧了的，换成新的再上报。
    """
    here, there = received.edition_digest, received.export.edition_digest
    if here is not None and here != there:
        yield Hit(
            f"表样版本「{received.export.edition}」的定义与本级的不同",
            spot=TOTAL,
            label="表样",
            shown=there[:12],
            expected=here[:12],
        )
