from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F025", "cell-far-outside", basis="内容应填在表格范围内 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """在表格以外很远的地方有内容。

    为什么：离表很远的单元格里有内容，打印和汇总都看不到，多半是误填，也可能是藏起来的数。
    怎么改：请按 Ctrl+End 找到它，删去整行整列，保存后重新发来；需要说明的内容写到表里的填写处。
    """
    yield from from_faults(returned, "F025")
