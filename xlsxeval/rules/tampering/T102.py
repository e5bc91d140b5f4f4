from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.differences import changed
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T102", "formula-changed", basis="下发的公式不应改动；按公式的含义比较，写法变化不算 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """公式被改动。

    为什么：公式引用的格子或算法和下发时不同，算出来的数不可信。
    怎么改：恢复原来的公式；最简单的办法是在收到的原表上重新填写。
    """
    yield from changed(returned, Change.FORMULA_CHANGED, "公式被改动")
