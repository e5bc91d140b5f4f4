from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import EditedCellKind, cell_changes, cell_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N125", "report-table-label", basis="附件的表样由财政部门规定 [表]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告的附件里，表头或项目名称被改。

    为什么：表样上印的文字改了，同一个数就成了别的意思。
    怎么改：改回表样上的文字。
    """
    for change in cell_changes(proof, EditedCellKind.LABEL):
        yield cell_hit(change, "表样上印的文字被改")
