"""The cells of a worksheet as areas: what is printed, computed or left empty in each."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from xlsxeval.calc import format_value
from xlsxeval.importing.blank import BlankArea, Spot
from xlsxeval.intake.cells import Box
from xlsxeval.model import column_letters

DEFAULT_WIDTH = 8.43
_PADDING = 0.71
"""What a stored width has more than the width in characters."""
_EPOCH = dt.datetime(1899, 12, 30)


def read_areas(page: Worksheet, box: Box, merges: Iterable[Box]) -> dict[Spot, BlankArea]:
    """The area of every cell in the rectangle, merged ones under each of their cells."""
    owner: dict[Spot, BlankArea] = {}
    for top, left, bottom, right in merges:
        area = _area(page, top, left, bottom - top + 1, right - left + 1)
        owner |= {(row, column): area for row in range(top, bottom + 1) for column in range(left, right + 1)}
    for row in range(box[0], box[2] + 1):
        for column in range(box[1], box[3] + 1):
            if (row, column) not in owner:
                owner[row, column] = _area(page, row, column, 1, 1)
    return owner


def read_widths(page: Worksheet, first: int, last: int) -> tuple[float, ...]:
    """Widths in characters; a column that says nothing has the worksheet's own."""
    widths: dict[int, float] = {}
    for letters, dimension in page.column_dimensions.items():
        dimension.reindex()
        low = dimension.min or 0
        for column in range(max(low, first), min(dimension.max or low, last) + 1):
            if dimension.width and letters:
                widths[column] = float(dimension.width)
    usual = float(page.sheet_format.defaultColWidth or DEFAULT_WIDTH + _PADDING)
    return tuple(max(1.0, round(widths.get(column, usual) - _PADDING, 1)) for column in range(first, last + 1))


def bordered(page: Worksheet, box: Box, most_rows: int, most_columns: int) -> Box:
    """The rectangle with the empty lines and columns that follow it without a gap and have borders."""
    top, left, bottom, right = box
    drawn = {spot for spot, cell in page._cells.items() if _has_border(cell)}
    while bottom < most_rows and any((bottom + 1, column) in drawn for column in range(left, right + 1)):
        bottom += 1
    while right < most_columns and any((row, right + 1) in drawn for row in range(top, bottom + 1)):
        # A frame around the form is often drawn with the left border of the cells beside it.
        if not any(_has_right_border(page, row, right + 1) for row in range(top, bottom + 1)):
            break
        right += 1
    return top, left, bottom, right


def _has_border(cell: Cell | MergedCell) -> bool:
    border = cell.border
    return any(side is not None and side.style for side in (border.left, border.right, border.bottom))


def _has_right_border(page: Worksheet, row: int, column: int) -> bool:
    cell = page._cells.get((row, column))
    side = cell.border.right if cell is not None else None
    return bool(side is not None and side.style)


def _area(page: Worksheet, row: int, column: int, rows: int, columns: int) -> BlankArea:
    cell = page._cells.get((row, column))
    if cell is None:
        return BlankArea(row, column, rows, columns)
    value: Any = cell.value
    number_format = str(cell.number_format or "General")
    formula = ""
    if isinstance(value, ArrayFormula | DataTableFormula):
        formula, value = str(getattr(value, "text", "") or "").removeprefix("="), None
        formula = formula or f"表格运算（{column_letters(column)}{row}）"
    elif cell.data_type == "f":
        formula, value = str(value).removeprefix("="), None
    alignment = cell.alignment
    ahead = re.match(r"[ \u3000]*", value)[0] if isinstance(value, str) else ""  # type: ignore[index]
    indent = int(alignment.indent or 0) or min(len(ahead) // 2 + ahead.count("\u3000") // 2, 8)
    return BlankArea(
        row=row,
        column=column,
        rows=rows,
        columns=columns,
        text="" if value is None else _shown(value, number_format),
        formula=formula,
        number_format=number_format,
        align=alignment.horizontal if alignment.horizontal in ("left", "right") else "left" if indent else "",
        indent=indent,
        number=float(value) if _is_number(value) else None,
    )


def _shown(value: Any, number_format: str) -> str:
    """What the cell shows, without signs that cannot be printed and without blanks around it."""
    if isinstance(value, dt.datetime | dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        return format_value((moment - _EPOCH).total_seconds() / 86400, number_format)
    if isinstance(value, bool):
        return format_value(value, "General")
    if _is_number(value):
        return format_value(float(value), number_format)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\u3000", "  ")
    return "".join(char for char in text if char == "\n" or char.isprintable()).strip()


def _is_number(value: Any) -> bool:
    """Whether it is a number that a cell can show; 1e999 in a file is read as infinity."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
