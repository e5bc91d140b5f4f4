"""A sheet as the paragraphs and tables that the document gets, in the template's own styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import SheetLayout
from xlsxeval.report.errors import ReportError
from xlsxeval.report.page_parts import PageRoom, page_parts
from xlsxeval.report.table import DrawnTable, above_and_below, draw
from xlsxeval.report.table_look import TableLook
from xlsxeval.report.table_xml import element, grid_widths, table_element
from xlsxeval.report.widths import wrapped_lines

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
        self.look = TableLook(self._style(_TABLE), self._style(_TEXT), self._style(_HEADING), *self._text_size(_TEXT))
        self._style(SEPARATOR)

    def tables(self, sheet: SheetLayout, width: int) -> list[etree._Element]:
        """The sheet's tables for a place inside the text, ``width`` twips wide, ruled as if they were one."""
        nodes: list[etree._Element] = []
        tables = above_and_below(draw(sheet, self.submission))
        widths = self._widths(tables, sheet, width)
        for number, table in enumerate(tables, start=1):
            last = number == len(tables)
            nodes.append(self._table(sheet, table, widths, self.look, joined_below=not last))
            if not last:
                nodes.append(_with_edges(self.paragraph(SEPARATOR)))
        return nodes

    def pages(
        self, sheet: SheetLayout, width: int, room: PageRoom, *, tight: bool = False
    ) -> tuple[list[etree._Element], int]:
        """The sheet's table as one for each page, ``width`` twips wide, and the twips that the last of them takes.

        It is set ``tight`` also where that spares a page.
        """
        table = draw(sheet, self.submission)
        widths = self._widths([table], sheet, width)
        looks = [self.look.tight] if tight else [self.look, self.look.tight]
        cut = page_parts(table, widths, looks, room)
        nodes: list[etree._Element] = []
        for part in cut.parts:
            if nodes:
                nodes.append(self.paragraph(SEPARATOR))
                nodes[-1][0][0].addnext(element("w:pageBreakBefore"))
            nodes.append(self._table(sheet, part, widths, cut.look, joined_below=False))
        return nodes, cut.last_height

    def height(self, style: str, text: str, width: int) -> int:
        """Twips that a paragraph of a text takes in a style, at most."""
        size, pitch = self._text_size(style)
        spacing = self.document.styles[style].paragraph_format
        around = sum(int(one.twips) for one in (spacing.space_before, spacing.space_after) if one is not None)
        return wrapped_lines(text, size, width / 20) * pitch + around

    def _widths(self, tables: Sequence[DrawnTable], sheet: SheetLayout, width: int) -> list[int]:
        return grid_widths(tables, sheet.column_widths[: sheet.print_columns], width, self.look)

    def _table(
        self, sheet: SheetLayout, table: DrawnTable, widths: Sequence[int], look: TableLook, *, joined_below: bool
    ) -> etree._Element:
        node = table_element(table, widths, look, joined_below=joined_below)
        self.drawn.append(Drawn(sheet, table, node))
        return node

    def _text_size(self, name: str) -> tuple[float, int]:
        """Size of a style's text in points, and the pitch of its lines in twips: exact, or a third above the size."""
        self._style(name)
        style = self.document.styles[name]
        size = style.font.size.pt if style.font.size else 10.0
        line = style.paragraph_format.line_spacing
        return size, round(size * 27) if line is None or isinstance(line, float) else int(line.twips)

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
