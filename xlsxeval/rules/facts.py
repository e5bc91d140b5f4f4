"""The facts about one file that the rules over several files need; small enough to be passed between processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.layout.placing import part_names
from xlsxeval.model import Place
from xlsxeval.rules.names import spelled

_WHOSE = ("unit.name", "unit.code")


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A cell that the campaign filled with the unit's name or code, and that now holds another text."""

    place: Place
    sent: str
    shown: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about one readable file.

    Where the forms were sent out in separate workbooks, ``parts`` are the worksheets of all workbooks of the unit.
    """

    overwritten: tuple[Overwritten, ...] = ()
    parts: tuple[str, ...] = ()


def facts_of(submission: Submission) -> Facts:
    """The facts about a submission."""
    layout = submission.layout
    parts: list[str] = []
    if layout.part is not None:
        parts = part_names(layout.campaign, layout.unit, layout.edition)
    return Facts(tuple(_overwritten(submission)), tuple(parts))


def _overwritten(submission: Submission) -> Iterator[Overwritten]:
    for cell in submission.layout.cells.values():
        if cell.kind is not CellKind.GIVEN or cell.slot is None or cell.slot.field.given not in _WHOSE:
            continue
        raw = submission.raw_cell(cell.address)
        shown = "" if raw is None or raw.text is None else raw.text
        if spelled(shown) != spelled(str(cell.value)):
            address = submission.place(cell.address)
            yield Overwritten(Place(address.sheet, address.a1, cell.slot.path), str(cell.value), shown)
