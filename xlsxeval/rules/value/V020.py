from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import noted
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V020", "not-a-date", basis="日期格只能填日期 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """应填日期的格子不是日期。

    为什么：写法认不出，没有这一天，或者不在 2000 年到 2100 年之间。
    怎么改：按 2025-05-19 的样子填。
    """
    hits = list(noted(returned, Note.NOT_A_DATE, "应填日期，填的不是日期"))
    yield from hits
    yield from from_faults(returned, "V020", besides=hits)
