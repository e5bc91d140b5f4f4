"""Hits made from the differences that the comparison with the layout has found."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.dangers import dangers
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.hit import Hit


def with_danger(message: str, formula: str | None) -> str:
    """The message, with what the cell's formula would do when the file is opened in Excel."""
    found = () if formula is None else dangers(formula)
    return f"{message}，公式会{'、'.join(found)}" if found else message


def changed(returned: Returned, change: Change, message: str) -> Iterator[Hit]:
    """A hit for each locked cell that was changed in the given way."""
    if returned.submission is None:
        return
    for difference in returned.submission.differences:
        if difference.change is not change:
            continue
        slot = difference.cell.slot if difference.cell else None
        yield Hit(
            with_danger(message, difference.formula),
            difference.address,
            field=slot.path if slot else None,
            label=slot.label if slot else None,
            shown=difference.shown,
            expected=difference.expected,
        )
