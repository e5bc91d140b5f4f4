"""Where in the document a finding's figure or sentence stands: in a drawn table, in the text, or at least near."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.forms.layout import PlacedCell
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Address, Finding, split_a1
from xlsxeval.report.drawing import Drawn
from xlsxeval.report.fields import shown
from xlsxeval.report.filters import lines
from xlsxeval.report.spans import Span, part, text_of, whole

_QUOTED = re.compile("“([^”]{2,})”")
_TELLING = 8
"""So many characters make a line of a unit's text known again inside a longer paragraph."""


class Places:
    """Answers for one document. ``drawn`` are its tables; what they show is found there, everything else in the text."""

    def __init__(self, document: Document, drawn: Sequence[Drawn], submission: Submission) -> None:
        self.submission = submission
        self.paragraphs = [node for node in document.element.body.iterchildren(qn("w:p")) if text_of(node).strip()]
        self.body = document.element.body
        self.cells: dict[Address, etree._Element] = {}
        self.headings: dict[str, etree._Element] = {}
        for one in drawn:
            for address, node in _cells(one):
                self.cells.setdefault(address, node)
            self.headings.setdefault(one.sheet.name, _heading(one.node))

    def of(self, finding: Finding) -> Span:
        """The cell of a table, else the words in the text, else the heading of the form's table, else the beginning."""
        sheet, address = self._home(finding)
        if address is not None:
            cell = self._cell(address)
            if cell is not None:
                return whole(cell)
            placed = self.submission.layout.cells.get(address)
            words = None if placed is None else self._words(placed, finding)
            if words is not None:
                return words
        if sheet in self.headings:
            return whole(self.headings[sheet])
        return whole(self.paragraphs[0] if self.paragraphs else etree.SubElement(self.body, qn("w:p")))

    def _home(self, finding: Finding) -> tuple[str | None, Address | None]:
        """The layout's worksheet and cell, whatever was moved or renamed in the file."""
        place = finding.place
        if place.sheet is None:
            return None, None
        names = {view.raw.name: view.layout.name for view in self.submission.views.values()}
        sheet = names.get(place.sheet, place.sheet)
        if place.cell is None:
            return sheet, None
        return sheet, self.submission.homes.get(Address(place.sheet, *split_a1(place.cell)))

    def _cell(self, address: Address) -> etree._Element | None:
        """The paragraph of a cell; of one that is not printed (a helper column) the last one before it in its row."""
        for column in range(address.column, 0, -1):
            node = self.cells.get(Address(address.sheet, address.row, column))
            if node is not None:
                return node
        return None

    def _words(self, cell: PlacedCell, finding: Finding) -> Span | None:
        """What the finding quotes of a unit's text, else the text's first paragraph; None where it is not printed."""
        stood = [(node, line) for line in self._lines(cell) for node in self._standing(line)]
        quotes = [finding.shown or "", *_QUOTED.findall(finding.message)]
        for quote in filter(None, (quote.rstrip("…") for quote in quotes)):
            for node, line in stood:
                if quote in line and line in text_of(node):
                    start = text_of(node).index(line) + line.index(quote)
                    return part(node, start, start + len(quote))
        return whole(stood[0][0]) if stood else None

    def _lines(self, cell: PlacedCell) -> list[str]:
        return lines(shown(self.submission.value(cell), cell.look.number_format))

    def _standing(self, line: str) -> Iterator[etree._Element]:
        """The first paragraph that is the line, or has it inside where it is long enough to be known again."""
        for node in self.paragraphs:
            text = text_of(node)
            if text.strip() == line or (len(line) >= _TELLING and line in text):
                yield node
                return


def _cells(drawn: Drawn) -> Iterator[tuple[Address, etree._Element]]:
    """Every address that a drawn table shows, with the first paragraph of its cell; merged cells have several."""
    squares = drawn.table.at()
    paragraphs: dict[int, etree._Element] = {}
    for row, line in enumerate(drawn.node.iterchildren(qn("w:tr"))):
        column = 0
        for node in line.iterchildren(qn("w:tc")):
            cell = squares.get((row, column))
            paragraph = node.find(qn("w:p"))
            if cell is not None and paragraph is not None:
                first = paragraphs.setdefault(id(cell), paragraph)
                top = cell.source.address
                yield Address(top.sheet, top.row + row - cell.row, top.column), first
            column += cell.columns if cell else 1


def _heading(table: etree._Element) -> etree._Element:
    """The paragraph that a table is under; the table's own first cell where there is none."""
    for node in table.itersiblings(qn("w:p"), preceding=True):
        if text_of(node).strip():
            return node
    return next(table.iter(qn("w:p")))
