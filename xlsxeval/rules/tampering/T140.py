from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.registry import Hit, rule


@rule("T140", "calculation-settings-changed", basis="下发时为自动计算、1900 日期系统 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """工作簿的计算设置被改动。

    为什么：手动计算、迭代计算或“以显示精度为准”会使显示的数和真正的数不同。
    怎么改：在“公式—计算选项”里改回自动；去掉“启用迭代计算”和“将精度设为所显示的精度”。
    """
    submission = returned.submission
    if submission is None:
        return
    raw = submission.raw
    if raw.calc_mode == "manual":
        yield Hit("计算方式被改成手动", shown="手动", expected="自动")
    if raw.iterate:
        yield Hit("启用了迭代计算", shown="启用", expected="不启用")
    if not raw.full_precision:
        yield Hit("启用了“将精度设为所显示的精度”", shown="启用", expected="不启用")
    if raw.date1904:
        yield Hit("日期系统被改成 1904", shown="1904", expected="1900")
