from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import noted
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V041", "formula-in-input", basis="填报格填的是数，不是算式 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """填报格里写了公式。

    为什么：公式可能引用别的文件或随别的格子变化，收回后值会变。
    怎么改：把公式的结果作为数字填进去（复制后“选择性粘贴—数值”）。
    """
    yield from noted(returned, Note.FORMULA, "填报格里写了公式")
