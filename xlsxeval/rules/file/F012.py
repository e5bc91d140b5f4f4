from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F012", "unsafe-part-name", basis="部件名不得指向文件以外 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文件内部的名称不安全。

    为什么：部件的名称或指向越出了文件本身，正常的表格软件不会这样写。
    怎么改：请在收到的原表上重新填写，用 Excel、WPS 或 LibreOffice 保存后重新发来。
    """
    yield from from_faults(returned, "F012")
