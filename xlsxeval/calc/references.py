"""Reads the texts of references: ``$A$1``, ``A1:B2``, ``A:C``, ``1:3``, and worksheet names in front of them."""

from __future__ import annotations

import re
from typing import Final

from xlsxeval.calc.nodes import AreaRef, CellRef
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS, Address, column_letters, column_number

_PART: Final = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})\Z")
_PLAIN_SHEET: Final = re.compile(r"[^\W\d][\w.]*\Z")
_LIKE_REFERENCE: Final = re.compile(
    r"([A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*|TRUE|FALSE)\Z", re.IGNORECASE
)


def read_cell(text: str, sheet: str | None = None) -> CellRef | None:
    """``$A1`` as a node; None when it lies outside a worksheet."""
    match = _PART.match(text)
    if match is None or not match[2] or not match[4]:
        return None
    column, row = column_number(match[2]), int(match[4])
    if not (1 <= row <= MAX_ROWS and column <= MAX_COLUMNS):
        return None
    return CellRef(sheet, row, column, row_absolute=bool(match[3]), column_absolute=bool(match[1]))


def read_area(text: str, sheet: str | None = None) -> AreaRef | None:
    """``A$1:B2``, ``A:C`` or ``1:3`` as a node; None when it lies outside a worksheet."""
    first, _, last = text.partition(":")
    a, b = read_cell(first), read_cell(last)
    if a is not None and b is not None:
        return area_between(a, b, sheet)
    if first.strip("$").isalpha() and last.strip("$").isalpha():
        return _whole_columns(first, last, sheet)
    if first.strip("$").isdigit() and last.strip("$").isdigit():
        return _whole_rows(first, last, sheet)
    return None


_R1C1: Final = re.compile(r"R(?:(\d+)|\[(-?\d+)\])?C(?:(\d+)|\[(-?\d+)\])?", re.IGNORECASE)


def read_r1c1(text: str, origin: Address) -> CellRef | AreaRef | None:
    """``R2C3``, ``R[-1]C`` or ``R1C1:R2C2`` as a node, seen from a cell; None for what is none."""
    ends: list[CellRef] = []
    for part in text.split(":"):
        match = _R1C1.fullmatch(part.strip())
        if match is None:
            return None
        row = int(match[1]) if match[1] else origin.row + int(match[2] or 0)
        column = int(match[3]) if match[3] else origin.column + int(match[4] or 0)
        if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
            return None
        ends.append(CellRef(None, row, column))
    return ends[0] if len(ends) == 1 else area_between(ends[0], ends[1]) if len(ends) == 2 else None


def area_between(a: CellRef, b: CellRef, sheet: str | None = None) -> AreaRef:
    """The rectangle with two cells as its corners, in whichever order they come."""
    top, bottom = sorted(((a.row, a.row_absolute), (b.row, b.row_absolute)))
    left, right = sorted(((a.column, a.column_absolute), (b.column, b.column_absolute)))
    whole_columns = top[0] == 1 and bottom[0] == MAX_ROWS
    whole_rows = left[0] == 1 and right[0] == MAX_COLUMNS and not whole_columns
    return AreaRef(
        sheet,
        top[0],
        left[0],
        bottom[0],
        right[0],
        top[1] and not whole_columns,
        left[1] and not whole_rows,
        bottom[1] and not whole_columns,
        right[1] and not whole_rows,
    )


def _whole_columns(first: str, last: str, sheet: str | None) -> AreaRef | None:
    ends = sorted((column_number(text.strip("$")), text.startswith("$")) for text in (first, last))
    (left, left_absolute), (right, right_absolute) = ends
    if right > MAX_COLUMNS:
        return None
    return AreaRef(sheet, 1, left, MAX_ROWS, right, False, left_absolute, False, right_absolute)


def _whole_rows(first: str, last: str, sheet: str | None) -> AreaRef | None:
    ends = sorted((int(text.strip("$")), text.startswith("$")) for text in (first, last))
    (top, top_absolute), (bottom, bottom_absolute) = ends
    if top < 1 or bottom > MAX_ROWS:
        return None
    return AreaRef(sheet, top, 1, bottom, MAX_COLUMNS, top_absolute, False, bottom_absolute, False)


def cell_text(ref: CellRef) -> str:
    """``$A$1`` without its worksheet."""
    return _end(ref.row, ref.column, ref.row_absolute, ref.column_absolute)


def area_text(ref: AreaRef) -> str:
    """``A1:$B$2``, ``A:C`` or ``1:3`` without its worksheet."""
    if ref.whole_columns:
        first, last = column_letters(ref.first_column), column_letters(ref.last_column)
        return f"{'$' * ref.first_column_absolute}{first}:{'$' * ref.last_column_absolute}{last}"
    if ref.whole_rows:
        return f"{'$' * ref.first_row_absolute}{ref.first_row}:{'$' * ref.last_row_absolute}{ref.last_row}"
    first = _end(ref.first_row, ref.first_column, ref.first_row_absolute, ref.first_column_absolute)
    last = _end(ref.last_row, ref.last_column, ref.last_row_absolute, ref.last_column_absolute)
    return f"{first}:{last}"


def _end(row: int, column: int, row_absolute: bool, column_absolute: bool) -> str:
    return f"{'$' * column_absolute}{column_letters(column)}{'$' * row_absolute}{row}"


def quote_sheet(sheet: str) -> str:
    """A worksheet's name as it must stand before ``!``: in single quotes unless it is plain and no reference itself."""
    if _is_plain(sheet):
        return sheet
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def quote_span(first: str, last: str) -> str:
    """The two names of a 3-D reference as they must stand before ``!``."""
    if _is_plain(first) and _is_plain(last):
        return f"{first}:{last}"
    doubled = f"{first}:{last}".replace("'", "''")
    return f"'{doubled}'"


def _is_plain(sheet: str) -> bool:
    return _PLAIN_SHEET.match(sheet) is not None and _LIKE_REFERENCE.match(sheet) is None
