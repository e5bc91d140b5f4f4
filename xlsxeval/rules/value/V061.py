from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import entry_hit, out_of_range
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V061", "number-out-of-range", basis="表样规定的范围 [表]")
def check(returned: Returned) -> Iterator[Hit]:
    """数超出了允许的范围。

    为什么：负的金额、带小数的人数之类，多半是填错了格子或单位。
    怎么改：核对后重新填写；金额的单位是万元。
    """
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        if (what := out_of_range(entry)) is not None:
            yield entry_hit(returned.submission, entry, what)
