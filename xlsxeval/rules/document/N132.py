from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import unread_rule
from xlsxeval.rules.unread import UnreadPart


@unread_rule("N132", "part-not-read", basis="看不清的不下结论 [理]")
def check(parts: Sequence[UnreadPart]) -> Iterator[Hit]:
    """报告里有没有读到的部分。

    为什么：扫描件、图片里的表、没有画线的表，程序读不出数，没有核对；没有问题不等于核对过。
    怎么改：请对方给 Word、Excel 或带文字的 PDF，再核对一次；给不了的，这些部分用人工核对。
    """
    yield from (Hit(part.detail, sheet=part.table) for part in parts if part.table is None)
