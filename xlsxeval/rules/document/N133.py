from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import unread_rule
from xlsxeval.rules.unread import UnreadPart


@unread_rule("N133", "table-not-judged", basis="看不清的不下结论 [理]")
def check(parts: Sequence[UnreadPart]) -> Iterator[Hit]:
    """有的表没有读全，没有核对。

    为什么：表里的数要能互相印证（得分合计等于总分、执行率等于执行数÷预算数），才知道没有认错格子；印证不了的不核对，免得冤枉人。
    怎么改：对照原表看一看：表确实是这样的，请用人工核对；认错了的，把表样发给我们，加一个写法就能认。
    """
    yield from (Hit(part.detail, sheet=part.table) for part in parts if part.table is not None)
