from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import EditedCellKind, cell_changes, cell_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N124", "report-table-text", severity=Severity.WARNING, basis="报告的附件应当与收回的表一致 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告的附件里，文字与表里的不一致。

    为什么：附件是照表画出来的；指标名称、指标值、原因在 Word 里改过，报告和表就不是同一套了。
    怎么改：改错别字没有关系；改了意思的，请单位把表也改过来，再重新写报告。
    """
    for change in cell_changes(proof, EditedCellKind.TEXT):
        yield cell_hit(change, "文字与表里的不一致")
