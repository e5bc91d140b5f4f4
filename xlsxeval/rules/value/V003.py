from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import noted
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V003", "number-out-of-reach", basis="数值应在 Excel 能表示的范围内 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """数大得无法表示。

    为什么：这个数超出了 Excel 的范围或根本不是数（inf、NaN），无法计算；超过 15 位的，Excel 会把后面的位数改成 0。
    怎么改：重新填写正确的数；账号、证件号之类的长号码先把格子设成文本再填。
    """
    hits = list(noted(returned, Note.NOT_FINITE, "不是能用的数"))
    hits += noted(returned, Note.DIGITS_LOST, "超过 15 位，后面的位数已经丢了")
    yield from hits
    yield from from_faults(returned, "V003", besides=hits)
