"""Figures of the forms by their names, for rules that hold one against another."""

from __future__ import annotations

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place


def figure(submission: Submission, form: str, path: str, instance: int | None = None) -> float | None:
    """The number in a field as it counts; None where the unit has no such field, or it holds no number."""
    cell = submission.layout.slots.get((form, instance, path))
    if cell is None or cell.address.sheet not in submission.views:
        return None
    value = submission.value(cell)
    return value if isinstance(value, float) else None


def place_of(submission: Submission, cell: PlacedCell) -> Place:
    """The place of a cell in the file, with its field."""
    address = submission.place(cell.address)
    return Place(address.sheet, address.a1, cell.slot.path if cell.slot else None)


def places_of(submission: Submission, form: str, *paths: str) -> list[Place]:
    """The places of those fields that the unit has."""
    cells = (submission.layout.slots.get((form, None, path)) for path in paths)
    return [place_of(submission, cell) for cell in cells if cell is not None]
