from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.calculated import never_calculated, stored_instead
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("C104", "never-calculated", basis="所有公式由程序另行重算 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """整个文件的公式都没有重算过。

    为什么：几乎所有公式存的都不是按填报数算的结果，多半是别的程序写的文件，写完没有计算；看到的合计、比率、得分都不对。
    核对用的是程序自己算的数，各个公式不再逐格报。
    怎么改：用 Excel 或 WPS 打开，按 Ctrl+Alt+F9 全部重算，保存后再报。
    """
    cells = never_calculated(submission)
    if cells:
        what = stored_instead(submission, cells)
        yield Hit(f"有 {len(cells)} 个公式存的不是按填报数算的结果，{what}：整个文件没有重算过")
