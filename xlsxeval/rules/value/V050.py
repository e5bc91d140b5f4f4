from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V050", "not-in-list", basis="下拉列表由表样规定 [表]")
def check(returned: Returned) -> Iterator[Hit]:
    """不是下拉列表里的选项。

    为什么：这一格只能从下拉列表里选；写法不同会使汇总时归错类。
    怎么改：点这一格右边的箭头，从列表里选。
    """
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        slot = entry.cell.slot
        if slot is None or not slot.field.choices or not slot.field.strict or entry.blank or entry.note is not None:
            continue
        if str(entry.value).strip() not in slot.field.choices:
            choices = "、".join(slot.field.choices)
            yield entry_hit(returned.submission, entry, "不是下拉列表里的选项", choices)
