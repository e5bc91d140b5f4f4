from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("T145", "calculation-not-automatic", severity=Severity.WARNING, basis="下发时为自动计算 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """工作簿设成了手动计算或迭代计算。

    为什么：表里显示的合计和得分可能没有随填的数更新。核对时全部重算，不受影响；Excel 会照先打开的别的工作簿这样设，不一定是有意改的。
    怎么改：在“公式—计算选项”里改回自动，去掉“启用迭代计算”，按 F9 后看看合计对不对；不必为此重报。
    """
    raw = submission.raw
    changed = {"手动计算": raw.calc_mode == "manual", "启用迭代计算": raw.iterate}
    found = "、".join(name for name, is_so in changed.items() if is_so)
    if found:
        yield Hit(f"计算设置被改动：{found}", shown=found, expected="自动计算")
