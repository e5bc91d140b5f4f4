"""Cells that turn grey while there is nothing to fill in: a conditional format each (``grey_when``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xlsxeval.calc import AreaRef, CellRef, Node, to_formula, transform
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address
from xlsxeval.workbook.styles import GREY_COLOUR, GREY_FONT


def grey_out(book: Workbook, page: Worksheet, cells: Sequence[PlacedCell]) -> None:
    """Gives every cell that can turn grey its conditional format."""
    groups: dict[Node, list[PlacedCell]] = {}
    for cell in cells:
        if cell.grey is not None:
            groups.setdefault(cell.grey, []).append(cell)
    if not groups:
        return
    style = book.add_format({"bg_color": GREY_COLOUR, "font_color": GREY_FONT})
    for grey, members in groups.items():
        first, *others = (_area(cell) for cell in members)
        rule = {"type": "formula", "criteria": f"={to_formula(transform(grey, _fixed))}", "format": style}
        if others:
            rule["multi_range"] = " ".join([first, *others])
        page.conditional_format(first, rule)


def _fixed(node: Node) -> Node | None:
    """A reference that stays where it is, whichever cell of the area asks."""
    if isinstance(node, CellRef):
        return replace(node, row_absolute=True, column_absolute=True)
    if isinstance(node, AreaRef):
        rows = replace(node, first_row_absolute=True, last_row_absolute=True)
        return replace(rows, first_column_absolute=True, last_column_absolute=True)
    return None


def _area(cell: PlacedCell) -> str:
    first = cell.address
    last = Address(first.sheet, first.row + cell.rows - 1, first.column + cell.columns - 1)
    return f"{first.a1}:{last.a1}"
