from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V061", "number-out-of-range", basis="表样规定的范围 [表]")
def check(returned: Returned) -> Iterator[Hit]:
    """数超出了允许的范围。

    为什么：负的金额、带小数的人数之类，多半是填错了格子或单位。
    怎么改：核对后重新填写；金额的单位是万元。
    """
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        slot = entry.cell.slot
        if slot is None or slot.field.type.kind != "number" or not isinstance(entry.value, float):
            continue
        field, value = slot.field, entry.value
        if field.type.whole and not value.is_integer():
            yield entry_hit(returned.submission, entry, "应为整数")
        elif field.minimum is not None and value < field.minimum and not isinstance(field.maximum, str):
            yield entry_hit(returned.submission, entry, f"小于允许的最小值 {field.minimum:g}")
        elif isinstance(field.maximum, float | int) and value > field.maximum:
            yield entry_hit(returned.submission, entry, f"大于允许的最大值 {field.maximum:g}")
