from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N127", "report-table-missing", basis="报告应当附上自评表 [表]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告少了一个附件，或者正文里的表。

    为什么：附件是报告的一部分，应当与报告一起公开。
    怎么改：从重新写成的报告里把这个附件复制回来。
    """
    gone = {heading.place.sheet for heading in proof.texts.missing}  # N129 tells of chapters
    attachments = {part.name for part in proof.fresh if part.attachment}
    for name in proof.missing_tables:
        if name not in gone or name in attachments:
            yield Hit("这里的表不见了", sheet=name)
