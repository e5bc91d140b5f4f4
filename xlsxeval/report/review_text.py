"""Where the text of a report prints a cell: a unit's words, a number, or at least the section that speaks of it."""

from __future__ import annotations

import re

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Finding
from xlsxeval.report.fields import shown
from xlsxeval.report.filters import lines, money, number, percent
from xlsxeval.report.spans import RunSpan, part, text_of, whole

_QUOTED = re.compile("“([^“”]{2,})”")
_TELLING = 8
"""So many characters make a line of a unit's text known again inside a longer paragraph."""
_LONG_NUMBER = 4
"""A number of fewer characters could be another's."""
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_NOTE = "补充说明"
"""What a form calls a text beside the sentences of a section; the section's heading is without it."""


class ReviewedText:
    """The paragraphs of a document outside its tables; the empty ones do not count."""

    def __init__(self, document: Document, submission: Submission) -> None:
        self.submission = submission
        self.paragraphs: list[etree._Element] = [
            node for node in document.element.body.iterchildren(qn("w:p")) if text_of(node).strip()
        ]
        headings = {style.style_id for style in document.styles if style.name in _HEADINGS}
        self.sections = [node for node in self.paragraphs if _style(node) in headings]

    def of(self, cell: PlacedCell, finding: Finding) -> RunSpan | None:
        """Where the text prints the cell, else the heading that speaks of it; None where neither is there."""
        value = self.submission.value(cell)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        found = self._number(float(value)) if is_number else self._words(cell, finding)  # type: ignore[arg-type]
        return found or self._section(cell)

    def _number(self, value: float) -> RunSpan | None:
        """The first place of a number, as reports print numbers."""
        for text in dict.fromkeys((money(value), number(value), percent(value))):
            if len(text) < _LONG_NUMBER:
                continue
            for node in self.paragraphs:
                match = re.search(rf"(?<![\d.,]){re.escape(text)}(?![\d.,%])", text_of(node))
                if match:
                    return part(node, *match.span())
        return None

    def _words(self, cell: PlacedCell, finding: Finding) -> RunSpan | None:
        """What the finding quotes of a unit's text, else the text's first paragraph; None where it is not printed."""
        text = shown(self.submission.value(cell), cell.look.number_format)
        stood = [(node, line) for line in lines(text) if (node := self._standing(line)) is not None]
        quotes = [finding.shown or "", *_QUOTED.findall(finding.message)]
        for quote in filter(None, (quote.rstrip("…") for quote in quotes)):
            for node, line in stood:
                if quote in line:
                    start = text_of(node).index(line) + line.index(quote)
                    return part(node, start, start + len(quote))
        return whole(stood[0][0]) if stood else None

    def _standing(self, line: str) -> etree._Element | None:
        """The first paragraph that is the line, or has it inside where it is long enough to be known again."""
        for node in self.paragraphs:
            text = text_of(node)
            if text.strip() == line or (len(line) >= _TELLING and line in text):
                return node
        return None

    def _section(self, cell: PlacedCell) -> RunSpan | None:
        label = cell.slot.label.removesuffix(_NOTE) if cell.slot else ""
        heading = next((node for node in self.sections if label and label in text_of(node)), None)
        return None if heading is None else whole(heading)


def _style(paragraph: etree._Element) -> str | None:
    node = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if node is None else node.get(qn("w:val"))
