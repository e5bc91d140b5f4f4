from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F021", "nested-too-deep", basis="读取有上限，见安全说明 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """内部结构嵌套太深。

    为什么：正常的工作簿嵌套不过十几层；这样的文件是坏的，或是有意做的。
    怎么改：请在收到的原表上重新填写，保存后重新发来。
    """
    yield from from_faults(returned, "F021")
