from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.proofreading import Proof
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N129", "report-heading-missing", basis="报告正文的各部分不能缺少 [表]；缺一部分扣分 [评分表]")
def check(proof: Proof) -> Iterator[Hit]:
    """报告的一节不见了。

    为什么：报告的各节是规定好的，删去一节等于缺了这一部分。
    怎么改：从重新写成的报告里把这一节复制回来。
    """
    attachments = {part.name for part in proof.fresh if part.attachment}  # N127 tells of those
    for heading in proof.texts.missing:
        if heading.place.sheet in attachments:
            continue
        yield Hit(f"“{heading.text[:40]}”这个标题不见了", sheet=heading.place.sheet, aspect=heading.text[:40])
