from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import document_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N122", "report-out-of-date", severity=Severity.WARNING, basis="报告应当照最后收回的表写 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告写好以后，表又换过。

    为什么：报告里的数来自另一份表；核对时用的是现在收回的这一份，不同的地方不一定是在 Word 里改的。
    怎么改：用现在收回的表重新写报告，把在 Word 里改过的文字再改一遍。
    """
    yield from document_faults(proof, "N122")
