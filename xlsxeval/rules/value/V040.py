from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.causes import required_blanks
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V040", "required-blank", basis="表样要求必填 [表]")
def check(returned: Returned) -> Iterator[Hit]:
    """必填项没有填。

    为什么：缺了这一项，汇总和报告都不完整。
    怎么改：填上这一格；金额和人数没有的填 0。
    """
    submission = returned.submission
    if submission is None:
        return
    for entry in required_blanks(submission):
        slot = entry.cell.slot
        fix = None if slot is not None and slot.field.type.kind == "number" else "填上这一格。"
        yield replace(entry_hit(submission, entry, "必填，没有填"), fix=fix)
