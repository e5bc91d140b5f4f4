from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import EditedCellKind, cell_changes, cell_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N123", "report-table-figure", basis="报告的附件应当与收回的表一致 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告的附件里，数与表里的不一致。

    为什么：附件是照表画出来的；在 Word 里改了数，报告和表就对不上，公开以后别人一对就能看出来。
    怎么改：改回表里的数；表里的数错了，请单位改表重报，再重新写报告。
    """
    for change in cell_changes(proof, EditedCellKind.FIGURE):
        yield cell_hit(change, "数与表里的不一致")
