"""A drawn table as WordprocessingML: fixed grid, merged cells, repeated header rows, look from the template's styles."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache, lru_cache

from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.layout.layout import CellKind
from xlsxeval.report.page_parts import cell_lines, headings_only
from xlsxeval.report.table import DrawnCell, DrawnTable
from xlsxeval.report.table_look import PADDING, PADDING_ABOVE, TableLook
from xlsxeval.report.widths import column_widths, longest_word, short_lines

LINES_KEPT_WHOLE = 12
"""A row with more lines than that may run over to the next page."""
_LINES_FROM_THE_TOP = 3
"""A text of a row that has more lines than that begins at the top of its cell."""


def element(name: str, /, **attributes: str | int) -> etree._Element:
    """``element("w:trHeight", val=400)``; attributes are of the same namespace."""
    node = etree.Element(_named(name), nsmap=_NAMESPACE)
    for key, value in attributes.items():
        node.set(_named(f"w:{key}"), str(value))
    return node


_named = cache(qn)
_NAMESPACE = {"w": qn("w:x")[1:-2]}


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
    grid = etree.SubElement(root, _named("w:tblGrid"))
    for width in widths:
        grid.append(element("w:gridCol", w=width))
    squares = table.at()
    begun: dict[int, list[DrawnCell]] = {}
    for cell in table.cells:
        begun.setdefault(cell.row, []).append(cell)
    repeated = _repeated_rows(table)
    lines = [
        max((cell_lines(cell, widths, look) for cell in begun.get(row, ()) if cell.rows == 1), default=1)
        for row in range(table.rows)
    ]
    for row, most in enumerate(lines):
        line = etree.SubElement(root, _named("w:tr"))
        own = begun.get(row, ())
        line.append(_row_properties(most, look, repeated=row < repeated))
        kept = _keeps_with_next(table, row, own) and lines[row + 1] <= LINES_KEPT_WHOLE
        column = 0
        while column < table.columns:
            square = squares.get((row, column))
            open_below = joined_below and row == table.rows - 1
            line.append(
                _cell(
                    square, row, column, widths, look, open_below=open_below, kept=kept, high=most > _LINES_FROM_THE_TOP
                )
            )
            column += square.columns if square else 1
    return root


def _repeated_rows(table: DrawnTable) -> int:
    """How many first rows Word repeats: the headings, where no merged cell runs out of them."""
    if table.header is None or table.header[0]:
        return 0
    last = table.header[1]
    return 0 if any(cell.row <= last < cell.last_row for cell in table.cells) else last + 1


def _properties(widths: Sequence[int], look: TableLook) -> etree._Element:
    root = element("w:tblPr")
    root.append(element("w:tblStyle", val=look.table))
    root.append(element("w:tblW", w=sum(widths), type="dxa"))
    root.append(element("w:jc", val="center"))
    root.append(element("w:tblLayout", type="fixed"))
    margins = etree.SubElement(root, _named("w:tblCellMar"))
    for edge, width in (("top", PADDING_ABOVE), ("left", PADDING), ("bottom", PADDING_ABOVE), ("right", PADDING)):
        margins.append(element(f"w:{edge}", w=width, type="dxa"))
    return root


def _row_properties(lines: int, look: TableLook, *, repeated: bool) -> etree._Element:
    root = element("w:trPr")
    if lines <= LINES_KEPT_WHOLE:
        root.append(element("w:cantSplit"))
    root.append(element("w:trHeight", val=look.row_height, hRule="atLeast"))
    if repeated:
        root.append(element("w:tblHeader"))
    return root


def _keeps_with_next(table: DrawnTable, row: int, begun: Sequence[DrawnCell]) -> bool:
    """Rows that are headings of the next one, and two before the last: a total and its note have no page alone."""
    if row >= table.rows - 1:
        return False
    return row >= table.rows - 3 or headings_only(begun)


def _cell(
    cell: DrawnCell | None,
    row: int,
    column: int,
    widths: Sequence[int],
    look: TableLook,
    *,
    open_below: bool,
    kept: bool,
    high: bool,
) -> etree._Element:
    columns = cell.columns if cell else 1
    merge = ("restart" if row == cell.row else "continue") if cell and cell.rows > 1 else ""
    borders = bool(cell and cell.continues), bool(cell and cell.continues and row == cell.row), open_below
    from_top = high and cell is not None and cell.rows == 1 and cell.source.look.align == "left"
    root = deepcopy(_empty_cell(sum(widths[column : column + columns]), columns, merge, borders, from_top=from_top))
    texts = cell.text.split("\n") if cell and row == cell.row else [""]
    for text in texts:
        root.append(_paragraph(text, cell, look, kept=kept))
    return root


@lru_cache(maxsize=1024)
def _empty_cell(
    width: int, columns: int, merge: str, borders: tuple[bool, bool, bool], *, from_top: bool
) -> etree._Element:
    """A cell without its paragraphs, to be copied: copying takes a fifth of making it.

    ``borders``: whether it goes on from the table above, in its first row, and whether it is open below.
    """
    continues, first, open_below = borders
    root = element("w:tc")
    properties = etree.SubElement(root, _named("w:tcPr"))
    properties.append(element("w:tcW", w=width, type="dxa"))
    if columns > 1:
        properties.append(element("w:gridSpan", val=columns))
    if merge:
        properties.append(element("w:vMerge", val=merge))
    if open_below or continues:
        lines = etree.SubElement(properties, _named("w:tcBorders"))
        if first:
            lines.append(element("w:top", val="nil"))
        if open_below:
            lines.append(element("w:bottom", val="nil"))
    properties.append(element("w:vAlign", val="top" if from_top else "center"))
    return root


def _paragraph(text: str, cell: DrawnCell | None, look: TableLook, *, kept: bool) -> etree._Element:
    source = cell.source.look if cell else None
    heading = source is not None and source.role in ("heading", "section")
    indent = round(source.indent * look.size * 20 * 0.75) if source is not None and source.indent else None
    style, align = look.heading if heading else look.text, source.align if source else "center"
    pitch = look.pitch if look.set_pitch else None
    root = deepcopy(_empty_paragraph(style, indent, align, pitch, kept=kept, filled=bool(text)))
    if text:
        root[-1][-1].text = text
    return root


@lru_cache(maxsize=256)
def _empty_paragraph(
    style: str, indent: int | None, align: str, pitch: int | None, *, kept: bool, filled: bool
) -> etree._Element:
    """A paragraph of a cell, to be copied; one that is ``filled`` ends with a run for its text."""
    root = element("w:p")
    properties = etree.SubElement(root, _named("w:pPr"))
    properties.append(element("w:pStyle", val=style))
    if kept:
        properties.append(element("w:keepNext"))
    if pitch is not None:
        properties.append(element("w:spacing", line=pitch, lineRule="exact"))
    if indent is not None:
        properties.append(element("w:ind", left=indent))
    properties.append(element("w:jc", val=align))
    if filled:
        run = etree.SubElement(root, _named("w:r"))
        fonts = etree.SubElement(etree.SubElement(run, _named("w:rPr")), _named("w:rFonts"))
        fonts.set(_named("w:hint"), "eastAsia")
        content = etree.SubElement(run, _named("w:t"))
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return root
