from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F023", "strict-open-xml", basis="只接受普通的 xlsx [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """存成了“严格 Open XML”格式。

    为什么：“Strict Open XML 电子表格”和普通的 xlsx 扩展名相同，内部写法不同，多数软件读不了。
    怎么改：请用 Excel 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”（不要选带“Strict”的那一种），重新发来。
    """
    yield from from_faults(returned, "F023")
