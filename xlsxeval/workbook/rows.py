"""Rows of a filled form: how high they must be for what was typed, and which free lines nobody uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xlsxeval.calc import Scalar
from xlsxeval.layout.layout import CellKind, PlacedCell, SheetLayout
from xlsxeval.layout.metrics import MAX_ROW_HEIGHT, row_height, text_height, wrapped_lines
from xlsxeval.model import Address


def grown_heights(sheet: SheetLayout, values: Mapping[Address, Scalar]) -> dict[int, float]:
    """Rows that must grow for the texts typed into them; of merged rows the last first, none beyond Excel's limit."""
    heights: dict[int, float] = {}
    for cell in sheet.cells:
        value = values.get(cell.address)
        if not isinstance(value, str) or cell.kind is not CellKind.INPUT:
            continue
        rows = range(cell.address.row, cell.address.row + cell.rows)
        now = {row: heights.get(row, sheet.row_heights.get(row, row_height(1))) for row in rows}
        missing = text_height(wrapped_lines(value, _width(sheet, cell))) - sum(now.values())
        for row in reversed(rows):
            if missing <= 0:
                break
            grown = min(now[row] + missing, MAX_ROW_HEIGHT)
            missing -= grown - now[row]
            heights[row] = grown
    return heights


def free_lines(sheet: SheetLayout, filled: Callable[[PlacedCell], bool]) -> Iterator[tuple[int, bool]]:
    """The rows of free lines, each with whether it must show: lines that are used, and the first of each block."""
    for block in sheet.blocks:
        if block.given:
            continue
        inputs: dict[int, list[PlacedCell]] = {}
        for cell in sheet.cells:
            if cell.kind is CellKind.INPUT and cell.slot is not None and cell.slot.field.block == block.id:
                inputs.setdefault(cell.address.row, []).append(cell)
        for row, line in inputs.items():
            yield row, row == block.first_row or any(filled(cell) for cell in line)


def _width(sheet: SheetLayout, cell: PlacedCell) -> float:
    first = cell.address.column - 1
    return sum(sheet.column_widths[first : first + cell.columns])
