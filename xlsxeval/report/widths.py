"""Column widths of a Word table: as the workbook's, but never so narrow that a number would break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xlsxeval.layout.metrics import text_width

_WORD = re.compile(r"[0-9A-Za-z.,%*+\-]+")
_LETTER, _PERCENT = 0.62, 0.32
"""Width of a digit, and what a percent sign has over it, in ems. 宋体 has 0.50; the widest fonts in its place 0.64."""
_PART = re.compile(r"[0-9A-Za-z.,%*+\-≥≤]+|.[，。；：、！？）》”’」』…]*", re.DOTALL)
"""What stays on one line: a word or number, or a character with the closing marks behind it."""
_MAX_WORD = 12
"""Longer runs of letters and digits (a web address) may break."""

_SHORT = 10
"""A heading's line of so many half-width characters stays whole."""


def column_widths(shares: Sequence[float], words: Sequence[float], total: int) -> list[int]:
    """Widths that add up to ``total``, in its unit.

    ``shares`` are the workbook's widths; ``words`` the width that each column's longest number needs. Columns that are
    too narrow get what they need, the others give it in proportion to what they have to spare.
    """
    scale = total / sum(shares)
    widths = [share * scale for share in shares]
    lack = sum(max(0.0, need - width) for width, need in zip(widths, words, strict=True))
    spare = sum(max(0.0, width - need) for width, need in zip(widths, words, strict=True))
    if lack and spare > lack:
        taken = lack / spare
        widths = [
            need if need > width else width - (width - need) * taken for width, need in zip(widths, words, strict=True)
        ]
    edges = [round(sum(widths[:column])) for column in range(len(widths) + 1)]
    edges[-1] = total
    return [right - left for left, right in pairwise(edges)]


def longest_word(text: str, size: float) -> float:
    """Points that the longest unbreakable part of a text takes in a font of ``size`` points."""
    words = [word for word in _WORD.findall(text) if len(word) <= _MAX_WORD]
    longest = max((_LETTER * text_width(word) + _PERCENT * word.count("%") for word in words), default=0.0)
    return max(longest, 1.0 if text.strip() else 0.0) * size


def short_lines(text: str, size: float) -> float:
    """Points that the longest line of a heading of a few characters takes, so that 项目名称 is not broken."""
    lines = [text_width(line) for line in text.split("\n")]
    return max((width / 2 * size for width in lines if width <= _SHORT), default=0.0)


def wrapped_lines(text: str, size: float, room: float) -> int:
    """Lines that a text takes in a cell ``room`` points wide, in a font of ``size`` points: as many or more than Word's.

    Runs of letters and digits are not broken, and no line begins with a closing mark.
    """
    return sum(_lines(line, size, max(room, size)) for line in text.split("\n"))


def _lines(text: str, size: float, room: float) -> int:
    lines, used = 1, 0.0
    for part in _PART.findall(text):
        width = _width(part, size)
        if used + width > room and used:
            lines, used = lines + 1, 0.0
        if width > room:
            lines, width = lines + int(width / room), width % room
        used += width
    return lines


def _width(part: str, size: float) -> float:
    return sum(1.0 if text_width(char) > 1 else _LETTER + _PERCENT * (char == "%") for char in part) * size
