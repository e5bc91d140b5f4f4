from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.model import Severity
from xlsxeval.rules.exports import TOTAL
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U011", "no-workbooks", basis="[理]", severity=Severity.WARNING)
def check(received: Received) -> Iterator[Hit]:
    """上报包没有附原表。

    为什么：没有原表，只能核对合计加得对不对，不能证明各单位的数是不是它自己填的数。
    怎么改：请下级不加 --without-workbooks 重新上报；文件太大发不过来的，用U盘送。
    """
    if not received.export.workbooks and received.export.own.returned:
        yield Hit(f"{received.export.own.returned} 个单位的数没有由原表重算", spot=TOTAL)
