"""Room that a text needs: widths in characters of the standard font, heights in points."""

from __future__ import annotations

import unicodedata
from math import ceil

LINE_HEIGHT = 15.0
ROW_PADDING = 6.0
MAX_ROW_HEIGHT = 409.0
_SIDE_PADDING = 1.4


def text_width(text: str) -> float:
    """Characters of the standard font that a text takes in one line: 2 for a Chinese character, 1 for a letter."""
    return sum(2.0 if unicodedata.east_asian_width(char) in "WFA" else 1.0 for char in text)


def wrapped_lines(text: str, width: float) -> int:
    """Lines that a text takes in a cell of ``width`` characters, its own line breaks included."""
    room = max(width - _SIDE_PADDING, 1.0)
    return sum(max(1, ceil(text_width(paragraph) / room)) for paragraph in text.split("\n"))


def text_height(lines: float) -> float:
    """Height of ``lines`` lines in points."""
    return lines * LINE_HEIGHT + ROW_PADDING


def row_height(lines: float) -> float:
    """Height of a row of ``lines`` lines in points, never more than Excel allows (409)."""
    return min(MAX_ROW_HEIGHT, text_height(lines))
