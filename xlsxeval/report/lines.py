"""Lines of a repeated block as a report takes them: which it leaves out, and the class of each."""

from __future__ import annotations

from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, PlacedCell, SheetLayout


def empty_lines(submission: Submission, sheet: SheetLayout, block_id: str) -> frozenset[int]:
    """Line numbers, from 1; lines that the campaign gave always count as filled."""
    block = sheet.block(block_id)
    if block is None or block.given:
        return frozenset()
    filled = {
        cell.slot.line
        for cell in sheet.cells
        if cell.slot is not None
        and cell.slot.field.block == block_id
        and cell.kind is CellKind.INPUT
        and not _blank(submission.value(cell))
    }
    return frozenset(range(1, block.lines + 1)) - {line for line in filled if line is not None}


def counting_value(submission: Submission, cell: PlacedCell) -> Scalar:
    """A cell's value; in a column that merges, the class that counts in its line, though it stands in a line above."""
    return submission.value(cell) if cell.carried is None else submission.recomputed.get(cell.carried)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
