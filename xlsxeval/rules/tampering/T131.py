from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Address
from xlsxeval.rules.differences import changed
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T131", "merge-changed", basis="下发的合并单元格不应改动 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """合并单元格被改动。

    为什么：合并会使里面的值消失，拆分会使表样变形。
    怎么改：恢复原来的合并；最简单的办法是在收到的原表上重新填写。
    """
    found: dict[Address | None, Hit] = {}
    for hit in changed(returned, Change.MERGE, "合并单元格被改动"):
        first = found.setdefault(hit.address, hit)
        if first is not hit:  # another area in the place of one: what is merged now, and what should be
            now, before = (first, hit) if first.expected == "不合并" else (hit, first)
            found[hit.address] = replace(before, shown=now.shown)
    yield from found.values()
