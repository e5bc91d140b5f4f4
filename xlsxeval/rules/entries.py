"""Hits at input cells, with what was typed there."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Entry, Note
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.rules.differences import with_danger
from xlsxeval.rules.hit import Hit


def noted(returned: Returned, note: Note, message: str, of_kind: str | None = None) -> Iterator[Hit]:
    """A hit for each input cell, of one kind of field if given, to which reading has attached this note."""
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        slot = entry.cell.slot
        if entry.note is note and (of_kind is None or (slot is not None and slot.field.type.kind == of_kind)):
            yield entry_hit(returned.submission, entry, message)


def out_of_range(entry: Entry) -> str | None:
    """What is wrong with a number that the form's range does not admit, as a Chinese clause; None for any other entry."""
    slot = entry.cell.slot
    if slot is None or slot.field.type.kind != "number" or not isinstance(entry.value, float):
        return None
    field, value = slot.field, entry.value
    if field.type.whole and not value.is_integer():
        return "应为整数"
    if field.minimum is not None and value < field.minimum and not isinstance(field.maximum, str):
        return f"小于允许的最小值 {field.minimum:g}"
    return (
        f"大于允许的最大值 {field.maximum:g}"
        if isinstance(field.maximum, float | int) and value > field.maximum
        else None
    )


def entry_hit(submission: Submission, entry: Entry, message: str, expected: str | None = None) -> Hit:
    """A hit at one input cell, with what was typed there."""
    slot = entry.cell.slot
    assert slot is not None
    formula = entry.raw.formula if entry.raw is not None else None
    typed = f"={formula}" if formula is not None else entry.raw.text if entry.raw is not None else None
    return Hit(
        with_danger(f"{slot.label}：{message}", formula),
        submission.place(entry.cell.address),
        field=slot.path,
        label=slot.label,
        shown=typed or "",
        expected=expected,
    )
