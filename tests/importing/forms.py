"""Blank forms as recipes: typed cell by cell, or taken from an edition's own layout without locks, colours and names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter

from xlsxeval.layout.layout import Layout
from xlsxeval.model import column_letters

_FRAME = Border(*(Side(style="thin"),) * 4)
Rows = list[list[Any]]


def write_form(
    path: Path,
    rows: Rows,
    merges: tuple[str, ...] = (),
    *,
    sheet: str = "表",
    formats: Mapping[str, str] | None = None,
    widths: tuple[float, ...] = (),
) -> Path:
    """A workbook with one worksheet: values and formulas row by row, None for empty."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            page.cell(number, column).value = value
    for area in merges:
        page.merge_cells(area)
    for address, code in (formats or {}).items():
        page[address].number_format = code
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def printed(layout: Layout, sheet: str) -> dict[str, tuple[int, int, str | None]]:
    """Every printed cell of one worksheet: its rows, columns and label, None where the cell is a field or empty."""
    whole = next(one for one in layout.sheets if one.name == sheet)
    assert whole.form is not None
    last = len(whole.form.columns)
    return {
        address.a1: (cell.rows, cell.columns, cell.value if cell.slot is None and isinstance(cell.value, str) else None)
        for address, cell in layout.cells.items()
        if address.sheet == sheet and address.column <= last
    }


def official(path: Path, layout: Layout, sheet: str) -> Path:
    """The worksheet as an office would have drawn it: labels and merged cells in black and white, nothing else."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    whole = next(one for one in layout.sheets if one.name == sheet)
    assert whole.form is not None
    for column, width in enumerate(whole.form.columns, start=1):
        page.column_dimensions[column_letters(column)].width = width + 0.71
    for address, (rows, columns, label) in printed(layout, sheet).items():
        cell = page[address]
        cell.value = label
        for row in page.iter_rows(cell.row, cell.row + rows - 1, cell.column, cell.column + columns - 1):
            for one in row:
                one.border = _FRAME
        if rows > 1 or columns > 1:
            page.merge_cells(
                start_row=cell.row,
                start_column=cell.column,
                end_row=cell.row + rows - 1,
                end_column=cell.column + columns - 1,
            )
    book.save(path)
    return path
