from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F010", "too-large", basis="读取有上限，见安全说明 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文件太大，或解压后太大。

    为什么：表的内容远远超出一套自评表应有的大小，多半是给整行整列设了格式、贴了大图，或者是有意做坏的文件。
    怎么改：请选中表格下方和右方的空行空列，整行整列删除（不只是清除内容），删去图片，保存后重新发来；最好在收到的原表上重新填写。
    """
    yield from from_faults(returned, "F010")
