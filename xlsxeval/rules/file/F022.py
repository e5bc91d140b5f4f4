from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F022", "malformed-xml", basis="部件应是合规的 XML [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文件内部的文字不合规。

    为什么：文件里有 XML 不允许的字符，或结构不完整，Excel 打开时也会提示修复；
    多半由导出程序造成，或从别处粘贴了控制字符。
    怎么改：请用 Excel 打开并接受修复，核对内容后另存，重新发来；或在收到的原表上重新填写。
    """
    yield from from_faults(returned, "F022")
