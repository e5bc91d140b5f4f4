from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import quotations
from xlsxeval.rules.registry import document_rule


@document_rule("N126", "report-table-rows", basis="报告的附件应当与收回的表一致 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告的附件里，多了或少了几行。

    为什么：表里有的行报告里没有，或者报告里有表里没有的行，两边的数就加不到一起。
    怎么改：恢复删去的行、删去多出的行；确实要增减的，请单位改表重报，再重新写报告。
    """
    for changed in proof.tables:
        if changed.missing:
            names = quotations([row.label for row in changed.missing])
            yield Hit(f"少了 {len(changed.missing)} 行：{names}", sheet=changed.part, aspect="missing")
        if changed.added:
            names = quotations([row.label for _, row in changed.added])
            place = changed.added[0][0]
            yield Hit(f"多了 {len(changed.added)} 行：{names}", sheet=changed.part, spot=place.cell, aspect="added")
