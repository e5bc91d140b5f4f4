from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.entries import noted
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V001", "number-typed-as-text", severity=Severity.INFO, basis="能确定的写法按数读取 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """数填成了文字。

    为什么：文本格式的数、全角数字、带千分位或空格的数，Excel 不会把它们加进合计。
    怎么改：把这一格重新输入成普通的数字。
    """
    yield from noted(returned, Note.NORMALISED, "数填成了文字，已按数读取", of_kind="number")
    dates = noted(returned, Note.NORMALISED, "日期填成了文字，已按日期读取", of_kind="date")
    yield from (replace(hit, fix="把这一格重新输入成日期，照 2025-5-19 这样写。") for hit in dates)
