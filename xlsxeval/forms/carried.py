"""Levels carried down: what a line's merged class is, also where it was written once for several lines.

A column that merges equal values (``merge: true``) shows a class once: given lines are merged cells, and a unit that
fills in free lines may write the class in the first line only. Beside the form, outside the print area, a helper column
has the class of every line. Formulas that name the field get that column.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.calc import CellRef, Name, Node, parse, transform
from xlsxeval.forms.definition import Field
from xlsxeval.forms.grid import HELPER_GAP, HELPER_WIDTH, DraftCell, DraftSheet
from xlsxeval.forms.layout import Look, PlacedBlock

TITLE = "{label}（逐行）"
_WRITTEN = 'TRIM(SUBSTITUTE(_own,"\u3000",""))'  # who typed blanks only wrote no class
_FIRST = parse(_WRITTEN)
_NEXT = parse(f'IF({_WRITTEN}="",_above,{_WRITTEN})')
_NEXT_BELOW = parse(f'IF({_WRITTEN}="",IF(_class=_class_above,_above,""),{_WRITTEN})')


def carry_down(draft: DraftSheet) -> None:
    """Adds the helper columns of all blocks, and tells every cell of such a column where its line's class stands."""
    for block in draft.blocks:
        parent: int | None = None
        for cells in _columns(draft, block):
            column = max(len(draft.widths), draft.columns + HELPER_GAP) + 1
            draft.widths += [2.0] * (column - 1 - len(draft.widths)) + [HELPER_WIDTH]
            draft.cells += _helpers(block, cells, column, parent)
            for cell in cells:
                cell.carried = column
            parent = column


def carries(field: Field) -> bool:
    """Whether a field's value counts for the lines below it: a merging column of texts that somebody writes."""
    return field.merge and field.block is not None and field.formula is None and field.type.kind != "number"


def _columns(draft: DraftSheet, block: PlacedBlock) -> list[list[DraftCell]]:
    """The cells of each column of a block that carries its values, from the left."""
    columns: dict[int, list[DraftCell]] = {}
    for cell in draft.cells:
        if cell.field is not None and cell.field.block == block.id and carries(cell.field):
            columns.setdefault(cell.column, []).append(cell)
    return [cells for _, cells in sorted(columns.items())]


def _helpers(block: PlacedBlock, cells: Sequence[DraftCell], column: int, parent: int | None) -> list[DraftCell]:
    field = cells[0].field
    assert field is not None
    look = Look("helper", field.align)
    helpers = []
    if block.first_row > 1:
        helpers.append(DraftCell(block.first_row - 1, column, Look("helper"), value=TITLE.format(label=field.label)))
    for row in block.rows:
        names = {"_own": CellRef(None, row, cells[0].column), "_above": CellRef(None, row - 1, column)}
        pattern = _FIRST if row == block.first_row else _NEXT
        if parent is not None and row > block.first_row:
            pattern = _NEXT_BELOW
            names |= {"_class": CellRef(None, row, parent), "_class_above": CellRef(None, row - 1, parent)}
        helpers.append(DraftCell(row, column, look, formula=_put(pattern, names)))
    return helpers


def _put(pattern: Node, names: dict[str, CellRef]) -> Node:
    return transform(pattern, lambda node: names.get(node.name) if isinstance(node, Name) else None)
