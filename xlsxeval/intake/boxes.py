"""Ranges as they are written in attributes: ``A1:B2``, ``$C$4``, ``D:D``, several with blanks between."""

from __future__ import annotations

import re

from xlsxeval.intake.cells import Box
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS, column_number

RANGE_COST = 10
"""What one range costs of the budget of a workbook."""
_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?", re.ASCII)


def box(text: str) -> Box | None:
    """One range, its corners in order; None for what is none or lies outside a worksheet."""
    first, _, last = text.partition(":")
    start = _corner(first, low=True)
    if start is not None and not last:
        whole_cell = first[-1].isdigit() and first.lstrip("$")[0].isalpha()
        return start + start if whole_cell else None
    end = _corner(last, low=False)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return rows[0], columns[0], rows[1], columns[1]


def boxes(text: str) -> tuple[Box, ...]:
    """All ranges of a blank-separated list that can be read."""
    return tuple(found for part in text.split() if (found := box(part)) is not None)


def _corner(text: str, *, low: bool) -> tuple[int, int] | None:
    match = _CORNER.fullmatch(text)
    if not match or not (match.group(1) or match.group(2)):
        return None
    row = int(match.group(2)) if match.group(2) else (1 if low else MAX_ROWS)
    column = column_number(match.group(1)) if match.group(1) else (1 if low else MAX_COLUMNS)
    if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
        return None
    return row, column
