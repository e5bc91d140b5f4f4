"""Figures as published tables print them: wrapped, with units, points, percent signs, dashes for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsxeval.audit.documents.report_file import ReportCell
from xlsxeval.proofreading.plain_text import plain

_FIGURE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,8}))?(%?)(?:分|万元|元|人|名|平方米|㎡|m2)?")
_LONGEST = 60
_NOTHING = frozenset({"", "-", "--", "---", "/", "\\", "—", "——", "无", "*", "0元"})


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A cell with what it prints: ``value`` (95% is 0.95) and how many decimals; None where nothing or words stand there.

    ``decimals`` are those of the figure as printed, so two for 93.48%.
    """

    cell: ReportCell
    text: str
    value: Decimal | None = None
    decimals: int = 0

    @property
    def is_blank(self) -> bool:
        return self.value is None and plain(self.text) in _NOTHING

    @property
    def is_word(self) -> bool:
        """Whether there is something that is no figure."""
        return self.value is None and not self.is_blank


def printed_figure(cell: ReportCell, text: str | None = None) -> PrintedFigure:
    """What a cell, or the part ``text`` of its words, prints."""
    words = cell.text if text is None else text
    match = _FIGURE.fullmatch(plain(words)) if len(words) <= _LONGEST else None
    if match is None:
        return PrintedFigure(cell, words)
    sign, whole, fraction, percent = match.groups()
    value = Decimal(f"{sign}{whole.replace(',', '')}.{fraction or '0'}")
    return PrintedFigure(cell, words, value / 100 if percent else value, len(fraction or ""))
