from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import document_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N120", "document-unreadable", basis="核对的是 Word 文档（.docx） [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """Word 文档读不了。

    为什么：文件损坏、设了密码、带宏，或者不是 .docx，里面的数没有核对。
    怎么改：用 Word 或 WPS 打开，另存为“Word 文档（.docx）”，去掉密码，再核对一次。
    """
    yield from document_faults(proof, "N120")
