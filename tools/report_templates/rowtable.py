"""A table with a row for each line of a list: its header comes back on every page, a row is never divided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.document import Document as OpenDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from report_templates.style import insert
from report_templates.writing import add


class Column(NamedTuple):
    """Its heading, the tag of its cells, its width in millimetres, how the cells are aligned."""

    title: str
    tag: str
    width: float
    align: Any


def write_table(
    document: OpenDocument, columns: Sequence[Column], lines: str, total: Sequence[str] | None = None
) -> None:
    """A row for each of ``lines`` (``line in units``), with a row of totals below where there is one."""
    table = document.add_table(0, len(columns), "附件表格")
    table.autofit = False
    _keep_widths(table, columns)
    _row(table, [column.title for column in columns], columns, "表格标题", heading=True)
    _row(table, [f"{{%tr for {lines} %}}"], columns)
    _row(table, [column.tag for column in columns], columns)
    _row(table, ["{%tr endfor %}"], columns)
    if total is not None:
        _row(table, total, columns)


def _keep_widths(table: Any, columns: Sequence[Column]) -> None:
    for node, column in zip(table._tbl.tblGrid.iterchildren(), columns, strict=True):
        node.set(qn("w:w"), str(round(Mm(column.width).twips)))
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(sum(round(Mm(column.width).twips) for column in columns)))
    margins = OxmlElement("w:tblCellMar")
    for edge, twips in (("top", 16), ("left", 60), ("bottom", 16), ("right", 60)):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    insert(properties, margins, "w:tblLook")


def _row(
    table: Any, texts: Sequence[str], columns: Sequence[Column], style: str = "表格文字", *, heading: bool = False
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if heading else [])):
        properties.append(OxmlElement(name))
    for cell, column, text in zip(row.cells, columns, [*texts, *[""] * (len(columns) - len(texts))], strict=True):
        cell.width = Mm(column.width)
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        if not heading:
            paragraph.alignment = column.align
        if text:
            add(paragraph, text)
        cell.vertical_alignment = 1
