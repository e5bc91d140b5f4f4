from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


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
    changed = {
        "手动计算": raw.calc_mode == "manual",
        "启用迭代计算": raw.iterate,
        "将精度设为所显示的精度": not raw.full_precision,
        "1904 日期系统": raw.date1904,
    }
    found = "、".join(name for name, is_so in changed.items() if is_so)
    if found:
        yield Hit(f"计算设置被改动：{found}", shown=found, expected="自动计算、1900 日期系统")
