"""Where in the document a finding's figure or sentence stands: in a drawn table, in the text, or at least near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Address, Finding, split_a1
from xlsxeval.report.drawn_sheets import Drawn
from xlsxeval.report.review_text import ReviewedText
from xlsxeval.report.spans import RunSpan, text_of, whole


class Places:
    """Answers for one document. ``drawn`` are its tables; what they show is found there, everything else in the text."""

    def __init__(self, document: Document, drawn: Sequence[Drawn], submission: Submission) -> None:
        self.submission = submission
        self.body: etree._Element = document.element.body
        self.text = ReviewedText(document, submission)
        self.cells: dict[Address, etree._Element] = {}
        self.headings: dict[str, etree._Element] = {}
        for one in drawn:
            for address, node in _cells(one):
                self.cells.setdefault(address, node)
            self.headings.setdefault(one.sheet.name, _heading(one.node))

    def of(self, finding: Finding) -> RunSpan:
        """The cell of a table, else the words, the number or the section of the text, else the form's heading.

        The beginning of the document where there is none of them.
        """
        sheet, address = self._home(finding)
        if address is not None:
            cell = self._cell(address)
            if cell is not None:
                return whole(cell)
            placed = self.submission.layout.cells.get(address)
            stands = None if placed is None else self.text.of(placed, finding)
            if stands is not None:
                return stands
        if sheet in self.headings:
            return whole(self.headings[sheet])
        return whole(self._beginning())

    def _beginning(self) -> etree._Element:
        if not self.text.paragraphs:
            self.body.insert(0, etree.Element(qn("w:p")))
        return self.text.paragraphs[0] if self.text.paragraphs else self.body[0]

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
