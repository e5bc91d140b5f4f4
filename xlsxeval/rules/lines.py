"""The lines of repeated blocks that are in use: given lines always, free lines once anything is typed in them."""

from __future__ import annotations

from xlsxeval.intake.submission import Submission

Line = tuple[str, int | None, str | None, int]


def used_lines(submission: Submission) -> set[Line]:
    """The lines in use, each as (form, instance, block, line)."""
    used: set[Line] = set()
    for sheet in submission.layout.sheets:
        for block in sheet.blocks:
            if block.given and sheet.form is not None:
                used |= {(sheet.form.id, sheet.instance, block.id, line + 1) for line in range(block.lines)}
    for entry in submission.entries.values():
        slot = entry.cell.slot
        if slot is not None and slot.line is not None and not entry.blank:
            used.add((slot.form, slot.instance, slot.field.block, slot.line))
    return used
