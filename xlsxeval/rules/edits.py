"""The edits of a report, selected and put into words for the rules about documents."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Place
from xlsxeval.proofreading import Line, Proof
from xlsxeval.proofreading.figures import FigureChange
from xlsxeval.proofreading.plain_text import number, wordless
from xlsxeval.proofreading.tables import CellChange
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import quotations

_AROUND = 14
"""Characters before a figure that a message quotes."""
_SHOWN = 60


class EditedCellKind(Enum):
    """The content of a cell of a report's table: a figure, words of the unit, or words of the form."""

    FIGURE = auto()
    TEXT = auto()
    LABEL = auto()


def document_faults(proof: Proof, code: str) -> Iterator[Hit]:
    """A hit for each fault with this code that reading the report found."""
    for fault in proof.faults:
        if fault.code == code:
            yield Hit(fault.detail)


def cell_changes(proof: Proof, kind: EditedCellKind) -> Iterator[CellChange]:
    """The changed cells of one kind."""
    for table in proof.tables:
        for change in table.cells:
            if _kind(change) is kind:
                yield change


def _kind(change: CellChange) -> EditedCellKind:
    """The kind of a changed cell. Where only figures differ and the words are the same, the change is of a figure."""
    if change.source is not None and change.source.kind is CellKind.LABEL:
        return EditedCellKind.LABEL
    if number(change.old) is not None or number(change.new) is not None:
        return EditedCellKind.FIGURE
    return EditedCellKind.FIGURE if wordless(change.old) == wordless(change.new) else EditedCellKind.TEXT


def cell_hit(change: CellChange, message: str) -> Hit:
    """A hit at a cell of a report's table, with the cell of the workbook as a related place."""
    source = change.source
    slot = source.slot if source is not None else None
    label = slot.label if slot is not None else change.row or None
    related = () if source is None else (Place(source.address.sheet, source.address.a1, slot.path if slot else None),)
    return Hit(
        f"{label}：{message}" if label else message,
        sheet=change.place.sheet,
        spot=change.place.cell,
        label=label,
        shown=change.new[:_SHOWN],
        expected=change.old[:_SHOWN],
        related=related,
    )


def figure_changes(proof: Proof) -> Iterator[tuple[Line, Line, FigureChange]]:
    """Yields each figure in the text that was replaced by another, with its paragraph before and after the edit."""
    for line in proof.texts.figures:
        if line.old is not None and line.new is not None:
            for change in line.changes:
                if change.old is not None and change.new is not None:
                    yield line.old, line.new, change


def unchecked(proof: Proof) -> Iterator[tuple[Place, str]]:
    """Yields the place of each paragraph with added or deleted figures, and a message that quotes them."""
    for line in proof.texts.figures:
        if line.new is None and line.old is not None:
            yield Place(line.old.place.sheet), f"有数的一段不见了：“{line.old.text[:_SHOWN]}”"
        elif line.old is None and line.new is not None:
            yield line.new.place, f"新写的一段里有数：“{line.new.text[:_SHOWN]}”"
        elif line.new is not None:
            added = [change.new for change in line.changes if change.old is None and change.new]
            gone = [change.old for change in line.changes if change.new is None and change.old]
            parts = [f"新写了{quotations(added)}"] if added else []
            parts += [f"删去了{quotations(gone)}"] if gone else []
            if parts:
                yield line.new.place, "，".join(parts)


def quoted(text: str, figure: str | None) -> str:
    """The figure with the words before it, for a message."""
    flat = " ".join(text.split())
    at = flat.find(figure or "")
    if figure is None or at < 0:
        return flat[:_SHOWN]
    start = max(0, at - _AROUND)
    return f"{'…' if start else ''}{flat[start : at + len(figure)]}"
