from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import noted
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V002", "not-a-number", basis="数值格只能填数 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """应填数字的格子不是数字。

    为什么：带了单位、文字或“约”“无”之类，无法计算。
    怎么改：只填数字，不带单位；没有的填 0；需要说明的写在说明栏。
    """
    yield from noted(returned, Note.NOT_A_NUMBER, "应填数字，填的不是数字")
