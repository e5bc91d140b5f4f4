"""The attachments of a report: which sheets they are, and how they go into the document."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from markupsafe import Markup

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, Layout, SheetLayout
from xlsxeval.report.drawn_sheets import SEPARATOR, Drawn, Pen
from xlsxeval.report.errors import ReportError
from xlsxeval.report.page_parts import PageRoom
from xlsxeval.report.sections import PageSize, page_of, turned, without_number_start
from xlsxeval.report.table_xml import element
from xlsxeval.report.turned_numbers import turn_page_numbers
from xlsxeval.report.word_fields import code_run, hidden, mark_run

_PLACE = "xlsxeval_attachments"
MARK, _TITLE = "附件标记", "附件标题"
_BETWEEN = 300
"""Twips kept free between two attachments on one page."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One form that is printed after the text: its mark (附件3-1), its title and the name of its sheet."""

    mark: str
    title: str
    sheet: str

    @property
    def number(self) -> str:
        """附件3 of 附件3-1: what the list of attachments counts."""
        return self.mark.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Attachments:
    """All attachments. Written into a template as ``{{p attachments }}`` it marks where they go."""

    items: tuple[Attachment, ...]

    def __iter__(self) -> Iterator[Attachment]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __html__(self) -> str:
        return Markup('<w:p><w:bookmarkStart w:id="0" w:name="{0}"/><w:bookmarkEnd w:id="0"/></w:p>').format(_PLACE)


def attachments_of(layout: Layout) -> Attachments:
    """The sheets that carry an attachment mark, in the workbook's order."""
    sheets = [sheet for sheet in layout.sheets if sheet.form is not None and sheet.attachment]
    return Attachments(tuple(Attachment(sheet.attachment, sheet.title, sheet.name) for sheet in sheets))


def insert_attachments(
    document: Document, attachments: Attachments, submission: Submission, drawn: list[Drawn]
) -> None:
    """Draws the attachments where the template has ``{{p attachments }}``; nothing where it has no such paragraph.

    ``drawn`` gets an entry for each table.
    Raises ReportError where the place is not a paragraph of its own, or where a style is missing.
    """
    places = document.element.xpath(f'//w:bookmarkStart[@w:name="{_PLACE}"]/parent::w:p')
    if not places:
        return
    body = document.element.body
    if len(places) > 1 or places[0].getparent() is not body:
        raise ReportError("模板里的 {{p attachments }} 应单独成段，放在正文里（不在表格里），而且只写一次。")
    writer = _Writer(document, submission, drawn)
    place = places[0]
    final = body.sectPr
    for attachment in attachments:
        sheet = submission.layout.sheet(attachment.sheet)
        assert sheet is not None
        writer.write(attachment, sheet)
    followed = place.getnext() is not final
    writer.close(place, final, followed=followed)
    for node in writer.nodes:
        place.addprevious(node)
    body.remove(place)
    turn_page_numbers(document)


class _Writer:
    """Collects the paragraphs and tables of all attachments, and a section break wherever the page turns."""

    def __init__(self, document: Document, submission: Submission, drawn: list[Drawn]) -> None:
        self.pen = Pen(document, submission, drawn)
        self.section = document.element.body.sectPr
        self.landscape = page_of(self.section).landscape
        self.started = False
        self.listed: set[str] = set()
        self.left: int | None = None
        self.nodes: list[etree._Element] = []

    def write(self, attachment: Attachment, sheet: SheetLayout) -> None:
        """Adds an attachment on a page of its own; below the last one where neither of them has anything to say."""
        turned_now = self._turn(landscape=sheet.landscape)
        page = self._page(landscape=self.landscape)
        headings = sum(
            self.pen.height(style, text, page.text_width)
            for style, text in ((MARK, attachment.mark), (_TITLE, attachment.title))
        )
        silent = not self._says_something(sheet)
        room = PageRoom(page.text_height - headings, page.text_height)
        nodes, height = self.pen.pages(sheet, page.text_width, room, tight=silent)
        mark = self.pen.paragraph(MARK, attachment.mark)
        mark.extend(self._listing(attachment))
        below = silent and self.left is not None and not turned_now and headings + height <= self.left
        if below:
            self.nodes.append(self.pen.paragraph(SEPARATOR))
            mark[0][0].addnext(element("w:pageBreakBefore", val="0"))
        self.nodes += [mark, self.pen.paragraph(_TITLE, attachment.title), *nodes]
        before = self.left if below and self.left is not None else page.text_height
        self.left = before - headings - height - _BETWEEN if silent else None

    def _says_something(self, sheet: SheetLayout) -> bool:
        """Whether the unit typed more into a form than the one word that it has no such thing (无此项支出)."""
        typed = [cell for cell in sheet.cells if cell.kind is CellKind.INPUT and self.pen.submission.value(cell)]
        return len(typed) > 1

    def _listing(self, attachment: Attachment) -> list[etree._Element]:
        """What the table of contents says of the first attachment of each number."""
        number = attachment.number
        if number in self.listed:
            return []
        self.listed.add(number)
        entry = f"{number}　{attachment.title}".replace('"', "”")
        return hidden([mark_run("begin"), code_run(f'TC "{entry}" \\f A \\l 1'), mark_run("end")])

    def close(self, place: etree._Element, final: etree._Element, *, followed: bool) -> None:
        """Ends the last section. The document's own last section takes its page where nothing follows."""
        if self.nodes and self.nodes[-1].tag == qn("w:tbl"):
            self.nodes.append(self.pen.paragraph(SEPARATOR))
        wide = page_of(final).landscape
        if self.landscape != wide:
            if followed:
                self._turn(landscape=wide)
            else:
                turned(final, landscape=self.landscape)
        if self.started:
            without_number_start(final)

    def _turn(self, *, landscape: bool) -> bool:
        """Begins a section where the page turns, and says whether it did."""
        if landscape == self.landscape:
            return False
        section = copy.deepcopy(self.section)
        turned(section, landscape=self.landscape)
        if self.started:
            without_number_start(section)
        if not self.nodes or self.nodes[-1].tag == qn("w:tbl"):
            self.nodes.append(self.pen.paragraph(SEPARATOR))
        self.left = None
        self.nodes[-1].find(qn("w:pPr")).append(section)  # type: ignore[union-attr]
        self.started = True
        self.landscape = landscape
        return True

    def _page(self, *, landscape: bool) -> PageSize:
        section = copy.deepcopy(self.section)
        turned(section, landscape=landscape)
        return page_of(section)


__all__ = ["MARK", "Attachment", "Attachments", "attachments_of", "insert_attachments"]
