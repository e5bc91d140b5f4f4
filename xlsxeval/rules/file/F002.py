from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F002", "not-a-workbook", basis="只接受 xlsx 工作簿 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """不是 xlsx 工作簿。

    为什么：文件的扩展名是 xlsx，里面却是别的格式（网页、CSV、Word、PDF、图片……），没有表可读。
    怎么改：请用 Excel 或 WPS 打开收到的原表，填好后直接保存，重新发来；不要靠改扩展名来转换格式。
    """
    yield from from_faults(returned, "F002")
