from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import noted
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V004", "error-in-input", basis="填报格里不能是错误值 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """填报格里是错误值。

    为什么：#REF!、#N/A 之类的错误值会照样写进报告，多半是从别的表复制时带来的。
    怎么改：删去这一格的内容，重新填写。
    """
    yield from noted(returned, Note.ERROR, "是错误值")
