from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import document_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N121", "not-our-report", basis="一份报告只属于一个任务的一个单位 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """不知道这份 Word 文档该与哪份表核对。

    为什么：文档不是用这个任务收回的表写成的报告，或者那份表不在。
    怎么改：核对本任务用 xlsxeval report 写成、再在 Word 里改过的报告；认不出单位的，加 --unit 单位代码。
    """
    yield from document_faults(proof, "N121")
