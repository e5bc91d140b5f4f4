"""The two halves of a workbook: what a form prints, and what the program adds to it (自查, helper columns)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlsxeval.calc import AreaRef, CellRef, walk
from xlsxeval.layout.layout import Layout, PlacedCell, SheetLayout
from xlsxeval.model import Address


def printed_sheet(sheet: SheetLayout) -> SheetLayout:
    """A worksheet with its printed cells alone; of 自查, nothing is left."""
    if sheet.form is None:
        return replace(sheet, cells=(), print_rows=0, print_columns=0)
    return replace(sheet, cells=tuple(cell for cell in sheet.cells if cell.address.column <= sheet.print_columns))


class Added:
    """Tells which places of a workbook hold what the program adds."""

    def __init__(self, layout: Layout) -> None:
        self._printed: Mapping[str, int] = {
            sheet.name: 0 if sheet.form is None else sheet.print_columns for sheet in layout.sheets
        }

    def holds(self, address: Address) -> bool:
        """Whether a cell of a worksheet stands beside what is printed."""
        return address.column > self._printed.get(address.sheet, address.column)

    def is_used_by(self, cell: PlacedCell) -> bool:
        """Whether a cell's formula takes anything from there."""
        return cell.formula is not None and any(
            self.holds(_first(node, cell.address.sheet))
            for node in walk(cell.formula)
            if isinstance(node, (CellRef, AreaRef))
        )


def _first(node: CellRef | AreaRef, own: str) -> Address:
    if isinstance(node, CellRef):
        return Address(node.sheet or own, node.row, node.column)
    return Address(node.sheet or own, node.first_row, node.first_column)
