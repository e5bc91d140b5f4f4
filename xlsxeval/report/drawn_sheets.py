"""A sheet as the paragraphs and tables that the document gets, in the template's own styles."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import SheetLayout
from xlsxeval.report.errors import ReportError
from xlsxeval.report.table import DrawnTable, draw
from xlsxeval.report.table_xml import TableLook, element, grid_widths, table_element

SEPARATOR = "表格分隔"
_TEXT, _HEADING, _TABLE = "表格文字", "表格标题", "附件表格"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table of the document (``w:tbl``) and what it was drawn from."""

    sheet: SheetLayout
    table: DrawnTable
    node: etree._Element


class Pen:
    """Draws sheets and writes paragraphs for one document. Raises ReportError where a style is missing.

    ``drawn`` gets an entry for each table, in the document's order.
    """

    def __init__(self, document: Document, submission: Submission, drawn: list[Drawn]) -> None:
        self.document = document
        self.submission = submission
        self.drawn = drawn
        size = document.styles[_TEXT].font.size if _TEXT in document.styles else None
        self.look = TableLook(self._style(_TABLE), self._style(_TEXT), self._style(_HEADING), size.pt if size else 10)
        self._style(SEPARATOR)

    def tables(self, sheet: SheetLayout, width: int) -> list[etree._Element]:
        """The sheet's tables, ``width`` twips wide, ruled as if they were one."""
        nodes: list[etree._Element] = []
        tables = draw(sheet, self.submission)
        widths = grid_widths(tables, sheet.column_widths[: sheet.print_columns], width, self.look)
        for number, table in enumerate(tables, start=1):
            last = number == len(tables)
            nodes.append(table_element(table, widths, self.look, joined_below=not last))
            self.drawn.append(Drawn(sheet, table, nodes[-1]))
            if not last:
                nodes.append(_with_edges(self.paragraph(SEPARATOR)))
        return nodes

    def paragraph(self, style: str, text: str = "") -> etree._Element:
        """A paragraph in a style of the template."""
        root = element("w:p")
        properties = etree.SubElement(root, qn("w:pPr"))
        properties.append(element("w:pStyle", val=self._style(style)))
        if text:
            run = etree.SubElement(root, qn("w:r"))
            fonts = etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:rFonts"))
            fonts.set(qn("w:hint"), "eastAsia")
            etree.SubElement(run, qn("w:t")).text = text
        return root

    def _style(self, name: str) -> str:
        """Word's own id of a style: it changes when a localised Word saves the template, the name does not."""
        if name not in self.document.styles:
            raise ReportError(f"模板里没有样式「{name}」，附件表格要用它。请从原模板复制这个样式，不要改名。")
        return str(self.document.styles[name].style_id)


def _with_edges(paragraph: etree._Element) -> etree._Element:
    """The thin paragraph between two tables, ruled as if they were one, and closed below where a page ends there."""
    borders = element("w:pBdr")
    for edge in ("left", "bottom", "right"):
        borders.append(element(f"w:{edge}", val="single", sz=4, space=0, color="000000"))
    paragraph[0].append(borders)
    return paragraph
