from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.proofreading import Proof
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N131", "report-revisions", severity=Severity.INFO, basis="公开的报告不应带着修订记录 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告里还有没有接受的修订。

    为什么：修订还在，别人看得到改之前写的是什么；核对是按接受全部修订以后的样子做的。
    怎么改：核对以后在 Word 里“审阅”—“接受所有修订”，再公开。
    """
    if proof.reference is not None and proof.document.revisions:
        yield Hit(f"有 {proof.document.revisions} 处修订没有接受或拒绝")
