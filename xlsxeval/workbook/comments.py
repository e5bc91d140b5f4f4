"""Notes at the cells with findings: one box a cell, large enough for its Chinese text, shown when the mouse comes near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from xlsxeval.forms.sheet_names import ANNOTATOR
from xlsxeval.layout.metrics import wrapped_lines
from xlsxeval.model import Address
from xlsxeval.workbook.remark import SEVERITIES, Remark, shortened
from xlsxeval.workbook.styles import SONG

_FONT_SIZE = 10
_WIDTH = 380  # pixels
_CHARACTERS = 50  # in a line of that width: 25 Chinese characters
_LINE = 17  # pixels
_PADDING = 14
_HIGHEST = 640
_LONGEST_VALUE = 160
_LONGEST_TEXT = 400
_MOST = 6
"""Findings of one cell that are told in its note; the list has all."""


def write_comments(page: Worksheet, remarks: Mapping[Address, Sequence[Remark]]) -> None:
    """A note at every cell of a worksheet that remarks speak of."""
    page.set_comments_author(ANNOTATOR)
    for address, of_cell in remarks.items():
        text = comment_text(of_cell)
        height = min(_HIGHEST, _LINE * wrapped_lines(text, _CHARACTERS) + _PADDING)
        box = {"width": _WIDTH, "height": height, "font_name": SONG, "font_size": _FONT_SIZE}
        page.write_comment(address.row - 1, address.column - 1, text, box)


def comment_text(remarks: Sequence[Remark]) -> str:
    """All that is told of one cell: what is wrong, what is there, what should be, how that was worked out, what to do."""
    parts = ["\n".join(_lines(remark)) for remark in remarks[:_MOST]]
    if len(remarks) > _MOST:
        parts.append(f"另有 {len(remarks) - _MOST} 条，见“问题清单”。")
    return "\n\n".join(parts)


def _lines(remark: Remark) -> list[str]:
    finding = remark.finding
    lines = [f"{SEVERITIES[finding.severity]} {finding.code}　{shortened(finding.message, _LONGEST_TEXT)}"]
    told = {"现为": finding.shown, "应为": finding.expected or None, "怎么算的": finding.working}
    lines += [f"{name}：{shortened(text, _LONGEST_VALUE)}" for name, text in told.items() if text is not None]
    lines.append(f"怎么改：{shortened(remark.advice, _LONGEST_TEXT)}")
    lines.append(f"状态：{shortened(remark.status, _LONGEST_VALUE)}")
    return lines
