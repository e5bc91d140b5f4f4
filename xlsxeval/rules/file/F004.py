from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F004", "other-spreadsheet-format", basis="只接受 xlsx 工作簿 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """是别的表格格式。

    为什么：旧版 .xls、WPS 的 .et、OpenDocument 的 .ods 等格式不能直接核对；装有 LibreOffice 的电脑会自动转换 .xls 和 .et，这里没有转成。
    怎么改：请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，重新发来；最好在收到的原表上填写。
    """
    yield from from_faults(returned, "F004")
