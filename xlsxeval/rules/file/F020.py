from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F020", "document-type-declaration", basis="Open XML 不使用 DTD [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """含有文档类型声明（DTD）。

    为什么：正常的工作簿里没有 DTD；它可以让读取的程序耗尽内存或去读别的文件，所以含 DTD 的文件一律不读。
    怎么改：请在收到的原表上重新填写，用 Excel、WPS 或 LibreOffice 保存后重新发来。
    """
    yield from from_faults(returned, "F020")
