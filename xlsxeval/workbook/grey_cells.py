"""Cells that turn grey while there is nothing to fill in: a conditional format each (``grey_when``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xlsxeval.calc import AreaRef, CellRef, Node, to_formula, transform
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import column_letters
from xlsxeval.workbook.areas import Area, joined, whole
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
        areas = joined(map(whole, members))
        rule = {"type": "formula", "criteria": f"={to_formula(transform(grey, _fixed))}", "format": style}
        if len(areas) > 1:
            rule["multi_range"] = " ".join(map(_text, areas))
        page.conditional_format(*areas[0], rule)


def _fixed(node: Node) -> Node | None:
    """A reference that stays where it is, whichever cell of the area asks."""
    if isinstance(node, CellRef):
        return replace(node, row_absolute=True, column_absolute=True)
    if isinstance(node, AreaRef):
        rows = replace(node, first_row_absolute=True, last_row_absolute=True)
        return replace(rows, first_column_absolute=True, last_column_absolute=True)
    return None


def _text(area: Area) -> str:
    top, left, bottom, right = area
    return f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
