from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T140", "calculation-settings-changed", basis="下发时按实际的数计算、用 1900 日期系统 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """工作簿的显示精度或日期系统被改动。

    为什么：“将精度设为所显示的精度”会把填的数改成显示的数，1904 日期系统会把日期错开四年。
    怎么改：在“文件—选项—高级—计算此工作簿时”里去掉“将精度设为所显示的精度”和“使用 1904 日期系统”，核对数和日期后重新发来。
    """
    submission = returned.submission
    if submission is None:
        return
    raw = submission.raw
    changed = {
        "将精度设为所显示的精度": not raw.full_precision,
        "1904 日期系统": raw.date1904,
    }
    found = "、".join(name for name, is_so in changed.items() if is_so)
    if found:
        yield Hit(f"计算设置被改动：{found}", shown=found, expected="按实际的数计算、1900 日期系统")
