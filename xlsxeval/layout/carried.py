"""Levels carried down: what a line's merged class is, also where it was written once for several lines.

A column that merges equal values (``merge: true``) shows a class once: given lines are merged cells, and a unit that
fills in free lines may write the class in the first line only. Beside the form, outside the print area, a helper column
has the class of every line. Formulas that name the field get that column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.calc import CellRef, Name, Node, parse, transform
from xlsxeval.forms.definition import Field
from xlsxeval.layout.grid import HELPER_GAP, HELPER_WIDTH, FormFrame, FrameCell
from xlsxeval.layout.layout import CellKind, PlacedBlock, PlacedCell, looked
from xlsxeval.layout.squares import Spot
from xlsxeval.model import Address

TITLE = "{label}（逐行）"
_WRITTEN = 'TRIM(SUBSTITUTE(_own,"\u3000",""))'  # who typed blanks only wrote no class
_FIRST = parse(_WRITTEN)
_NEXT = parse(f'IF({_WRITTEN}="",_above,{_WRITTEN})')
_NEXT_BELOW = parse(f'IF({_WRITTEN}="",IF(_class=_class_above,_above,""),{_WRITTEN})')


@dataclass(frozen=True, slots=True)
class Carried:
    """The helper cells of a form instance, in which column each cell's class stands, and the widths with theirs."""

    cells: Sequence[PlacedCell]
    columns: Mapping[Spot, int]
    widths: Sequence[float]


def carry_down(frame: FormFrame) -> Carried:
    """The helper columns of all blocks of a form instance."""
    helpers: list[PlacedCell] = []
    columns: dict[Spot, int] = {}
    widths = list(frame.widths)
    for block in frame.blocks:
        parent: int | None = None
        for field, cells in _columns(frame, block):
            column = max(len(widths), frame.columns + HELPER_GAP) + 1
            widths += [2.0] * (column - 1 - len(widths)) + [HELPER_WIDTH]
            helpers += _helpers(frame.sheet, block, field, cells[0].column, column, parent)
            columns |= {(cell.row, cell.column): column for cell in cells}
            parent = column
    return Carried(helpers, columns, widths)


def carries(field: Field) -> bool:
    """Whether a field's value counts for the lines below it: a merging column of texts that a person writes."""
    return field.merge and field.block is not None and field.formula is None and field.type.kind != "number"


def _columns(frame: FormFrame, block: PlacedBlock) -> list[tuple[Field, list[FrameCell]]]:
    """The cells of each column of a block that carries its values, from the left, with the field of the first."""
    columns: dict[int, list[FrameCell]] = {}
    fields = {name: field for name, field in frame.form.fields.items() if field.block == block.id and carries(field)}
    for cell in frame.cells:
        if cell.field in fields:
            columns.setdefault(cell.column, []).append(cell)
    return [(fields[str(cells[0].field)], cells) for _, cells in sorted(columns.items())]


def _helpers(
    sheet: str, block: PlacedBlock, field: Field, own: int, column: int, parent: int | None
) -> list[PlacedCell]:
    """The helper column of what stands in the column ``own``; ``parent`` is that of the class above it."""
    look = looked("helper", field.align)
    helpers = []
    if block.first_row > 1:
        above = Address(sheet, block.first_row - 1, column)
        helpers.append(PlacedCell(above, CellKind.LABEL, looked("helper"), value=TITLE.format(label=field.label)))
    for row in block.rows:
        names = {"_own": CellRef(None, row, own), "_above": CellRef(None, row - 1, column)}
        pattern = _FIRST if row == block.first_row else _NEXT
        if parent is not None and row > block.first_row:
            pattern = _NEXT_BELOW
            names |= {"_class": CellRef(None, row, parent), "_class_above": CellRef(None, row - 1, parent)}
        formula = _put(pattern, names)
        helpers.append(PlacedCell(Address(sheet, row, column), CellKind.COMPUTED, look, formula=formula))
    return helpers


def _put(pattern: Node, names: Mapping[str, CellRef]) -> Node:
    return transform(pattern, lambda node: names.get(node.name) if isinstance(node, Name) else None)
