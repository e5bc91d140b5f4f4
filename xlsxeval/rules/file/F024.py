from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F024", "dangling-reference", basis="单元格引用的文字和公式应存在 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """单元格引用了不存在的内容。

    为什么：单元格指向的文字或公式不在文件里，不能猜它原来是什么。
    怎么改：请用 Excel 打开并接受修复，核对内容后另存，重新发来；或在收到的原表上重新填写。
    """
    yield from from_faults(returned, "F024")
