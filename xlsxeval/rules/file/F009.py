from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F009", "add-in", severity=Severity.WARNING, basis="报表只含数据和公式 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """带着 Office 加载项的任务窗格。

    为什么：打开这份表时，Excel 会在右边打开一个加载项（网上应用），它能读到表里的内容；下发的表里没有，多半是单位的电脑自动带上的。
    怎么改：在 Excel 里点“文件—信息—检查问题—检查文档”，只勾选“任务窗格加载项”，检查后点“全部删除”，保存后重新发来。
    """
    yield from from_faults(returned, "F009")
