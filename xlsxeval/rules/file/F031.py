from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F031", "converted", severity=Severity.INFO, basis="旧格式的表用 LibreOffice 另存后可以核对 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """是旧格式的表（.xls、.et），已自动转成 xlsx 核对。

    为什么：旧格式存不下表里的全部设置，自动转换与单位自己另存为 xlsx 是一样的；核对的是转换后的内容，收到的原件照原样存着。
    怎么改：不需要处理；下次请直接在收到的 .xlsx 表上填写、保存。
    """
    yield from from_faults(returned, "F031")
