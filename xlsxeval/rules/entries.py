"""Rules whose facts the reading of the inputs has found already."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Entry, Note
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.rules.registry import Hit


def noted(returned: Returned, note: Note, message: str) -> Iterator[Hit]:
    """A hit for every input with that note."""
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        if entry.note is note:
            yield entry_hit(returned.submission, entry, message)


def entry_hit(submission: Submission, entry: Entry, message: str, expected: str | None = None) -> Hit:
    """A hit at an input cell, with what was typed."""
    slot = entry.cell.slot
    assert slot is not None
    typed = entry.raw.text if entry.raw is not None else None
    if entry.raw is not None and entry.raw.formula is not None:
        typed = f"={entry.raw.formula}"
    return Hit(
        f"{slot.label}：{message}",
        submission.place(entry.cell.address),
        field=slot.path,
        label=slot.label,
        shown=typed or "",
        expected=expected,
    )
