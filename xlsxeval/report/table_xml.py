"""A drawn table as WordprocessingML: fixed grid, merged cells, repeated header rows, look from the template's styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.layout.layout import CellKind
from xlsxeval.layout.metrics import text_width
from xlsxeval.report.table import DrawnCell, DrawnTable
from xlsxeval.report.widths import column_widths, longest_word, short_lines

PADDING = 40
"""Left and right margin of a cell, twips."""
PADDING_ABOVE = 16
"""Upper and lower margin of a cell, twips."""
ROW_HEIGHT = 340
"""Least height of a row, twips."""
LINES_KEPT_WHOLE = 12
"""A row with more lines than that may run over to the next page."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """Style ids of the template: of the table, of cell texts, of headings in cells; ``size`` of a text in points."""

    table: str
    text: str
    heading: str
    size: float


def element(name: str, /, **attributes: str | int) -> etree._Element:
    """``element("w:trHeight", val=400)``; attributes are of the same namespace."""
    node = etree.Element(qn(name), nsmap={"w": qn("w:x")[1:-2]})
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    return node


def grid_widths(tables: Sequence[DrawnTable], shares: Sequence[float], total: int, look: TableLook) -> list[int]:
    """Column widths in twips for the tables of one sheet, ``total`` twips wide together."""
    needs = [0.0] * len(shares)
    for table in tables:
        for cell in table.cells:
            if cell.columns == 1:
                words = longest_word(cell.text, look.size)
                if cell.source.kind is CellKind.LABEL:
                    words = max(words, short_lines(cell.text, look.size))
                need = words * 20 + 2 * PADDING + 10
                needs[cell.column] = max(needs[cell.column], need)
    return column_widths(shares, needs, total)


def table_element(table: DrawnTable, widths: Sequence[int], look: TableLook, *, joined_below: bool) -> etree._Element:
    """``w:tbl`` of a drawn table; ``joined_below`` leaves out the bottom line, where another table follows at once."""
    root = element("w:tbl")
    root.append(_properties(widths, look))
    grid = etree.SubElement(root, qn("w:tblGrid"))
    for width in widths:
        grid.append(element("w:gridCol", w=width))
    squares = table.at()
    for row in range(table.rows):
        line = etree.SubElement(root, qn("w:tr"))
        line.append(_row_properties(table, row, widths, look))
        kept = _keeps_with_next(table, row)
        column = 0
        while column < table.columns:
            cell = squares.get((row, column))
            open_below = joined_below and row == table.rows - 1
            line.append(_cell(cell, row, column, widths, look, open_below=open_below, kept=kept))
            column += cell.columns if cell else 1
    return root


def _properties(widths: Sequence[int], look: TableLook) -> etree._Element:
    root = element("w:tblPr")
    root.append(element("w:tblStyle", val=look.table))
    root.append(element("w:tblW", w=sum(widths), type="dxa"))
    root.append(element("w:jc", val="center"))
    root.append(element("w:tblLayout", type="fixed"))
    margins = etree.SubElement(root, qn("w:tblCellMar"))
    for edge, width in (("top", PADDING_ABOVE), ("left", PADDING), ("bottom", PADDING_ABOVE), ("right", PADDING)):
        margins.append(element(f"w:{edge}", w=width, type="dxa"))
    return root


def _row_properties(table: DrawnTable, row: int, widths: Sequence[int], look: TableLook) -> etree._Element:
    root = element("w:trPr")
    most = max((_lines(cell, widths, look) for cell in table.cells if cell.row == row and cell.rows == 1), default=1)
    if most <= LINES_KEPT_WHOLE:
        root.append(element("w:cantSplit"))
    root.append(element("w:trHeight", val=ROW_HEIGHT, hRule="atLeast"))
    if row < table.header_rows:
        root.append(element("w:tblHeader"))
    return root


def _keeps_with_next(table: DrawnTable, row: int) -> bool:
    """Rows that are headings of the next one, and two before the last: a total and its note have no page alone."""
    if table.rows - 3 <= row < table.rows - 1:
        return True
    begun = [cell for cell in table.cells if cell.row == row]
    return row < table.rows - 1 and bool(begun) and all(cell.source.kind is CellKind.LABEL for cell in begun)


def _lines(cell: DrawnCell, widths: Sequence[int], look: TableLook) -> int:
    room = sum(widths[cell.column : cell.column + cell.columns]) / 20 / look.size * 2
    return sum(1 + int(text_width(line) / max(room, 1)) for line in cell.text.split("\n"))


def _cell(
    cell: DrawnCell | None,
    row: int,
    column: int,
    widths: Sequence[int],
    look: TableLook,
    *,
    open_below: bool,
    kept: bool,
) -> etree._Element:
    root = element("w:tc")
    properties = etree.SubElement(root, qn("w:tcPr"))
    columns = cell.columns if cell else 1
    properties.append(element("w:tcW", w=sum(widths[column : column + columns]), type="dxa"))
    if columns > 1:
        properties.append(element("w:gridSpan", val=columns))
    if cell and cell.rows > 1:
        properties.append(element("w:vMerge", val="restart" if row == cell.row else "continue"))
    if open_below or (cell and cell.continues):
        borders = etree.SubElement(properties, qn("w:tcBorders"))
        if cell and cell.continues and row == cell.row:
            borders.append(element("w:top", val="nil"))
        if open_below:
            borders.append(element("w:bottom", val="nil"))
    properties.append(element("w:vAlign", val="center"))
    texts = cell.text.split("\n") if cell and row == cell.row else [""]
    for text in texts:
        root.append(_paragraph(text, cell, look, kept=kept))
    return root


def _paragraph(text: str, cell: DrawnCell | None, look: TableLook, *, kept: bool) -> etree._Element:
    root = element("w:p")
    properties = etree.SubElement(root, qn("w:pPr"))
    source = cell.source.look if cell else None
    heading = source is not None and source.role in ("heading", "section")
    properties.append(element("w:pStyle", val=look.heading if heading else look.text))
    if kept:
        properties.append(element("w:keepNext"))
    if source is not None and source.indent:
        width = round(source.indent * look.size * 20 * 0.75)
        properties.append(element("w:ind", left=width))
    properties.append(element("w:jc", val=source.align if source else "center"))
    if text:
        run = etree.SubElement(root, qn("w:r"))
        fonts = etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:rFonts"))
        fonts.set(qn("w:hint"), "eastAsia")
        content = etree.SubElement(run, qn("w:t"))
        content.text = text
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return root
