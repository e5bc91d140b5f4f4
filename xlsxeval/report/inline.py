"""A form's table inside the text: ``{{p overall.table }}`` in a paragraph of its own."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from markupsafe import Markup

from xlsxeval.intake.submission import Submission
from xlsxeval.report.drawn_sheets import SEPARATOR, Drawn, Pen
from xlsxeval.report.errors import ReportError
from xlsxeval.report.sections import page_of

_PLACE = "xlsxeval_table_"


@dataclass(frozen=True, slots=True)
class InlineTable:
    """The printed area of one sheet. Written into a template it marks where the table goes."""

    sheet: str
    """The name of the sheet."""

    def __html__(self) -> str:
        return Markup('<w:p><w:bookmarkStart w:id="0" w:name="{0}{1}"/><w:bookmarkEnd w:id="0"/></w:p>').format(
            _PLACE, self.sheet
        )


def insert_tables(document: Document, submission: Submission, drawn: list[Drawn]) -> None:
    """Draws a table wherever the template names one, as wide as the text; ``drawn`` gets an entry for each.

    Raises ReportError where the place is not a paragraph of its own, or where a style is missing.
    """
    places = document.element.xpath(f'//w:bookmarkStart[starts-with(@w:name, "{_PLACE}")]')
    if not places:
        return
    body = document.element.body
    pen = Pen(document, submission, drawn)
    width = page_of(body.sectPr).text_width
    for mark in places:
        place = mark.getparent()
        name = mark.get(qn("w:name")).removeprefix(_PLACE)
        if place.getparent() is not body:
            raise ReportError(f"表「{name}」的 {{{{p ….table }}}} 应单独成段，放在正文里（不在表格里）。")
        sheet = submission.layout.sheet(name)
        assert sheet is not None
        for node in [*pen.tables(sheet, width), pen.paragraph(SEPARATOR)]:
            place.addprevious(node)
        body.remove(place)
