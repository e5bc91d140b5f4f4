from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.lines import used_lines
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
    used = used_lines(submission)
    for entry in submission.entries.values():
        slot = entry.cell.slot
        if slot is None or not slot.field.required or not entry.blank or entry.note is not None:
            continue
        if entry.cell.carried is not None and submission.recomputed.get(entry.cell.carried):
            continue  # the class was written in a line above, as the printed form has it
        if submission.layout.is_grey(entry.cell.address, submission.recomputed):
            continue
        view = submission.views.get(entry.cell.address.sheet)
        if view is None or not view.has(entry.cell.address):
            continue  # T120, T110 and T111 say that the sheet, the row or the column is gone
        if slot.line is None or (slot.form, slot.instance, slot.field.block, slot.line) in used:
            fix = None if slot.field.type.kind == "number" else "填上这一格。"
            yield replace(entry_hit(submission, entry, "必填，没有填"), fix=fix)
