"""Published reports as bytes: Word, web page, workbook, PDF; with each, where the cells of the sample came to stand."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterable

import xlsxwriter
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.support.published.layouts import laid_out
from tests.support.published.printing import Sheet
from tests.support.published.sources import PrintedCell, PrintedForm, PublishedReport

Places = dict[tuple[str, str], str]
"""Table and spot, as findings name them → the place in the sample's workbook."""


def as_word(report: PublishedReport, layout: str = "plain") -> tuple[bytes, Places]:
    document = Document()
    places: Places = {}
    for text in report.paragraphs:
        document.add_paragraph(text)
    for number, form in enumerate(laid_out(report.forms, layout), start=1):
        for line in filter(None, (form.mark, form.title)):
            document.add_paragraph(line)
        if not form.title:
            document.add_paragraph("")
        document.element.body.insert(len(document.element.body) - 1, _word_table(form))
        _note(places, f"表{number}", form)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), places


def _note(places: Places, name: str, form: PrintedForm) -> None:
    """Cells are counted in their row as a reader of Word or a web page counts them."""
    for row in range(1, form.rows + 1):
        for number, cell in enumerate(_cells_of(form, row), start=1):
            if cell.row == row and cell.origin:
                places[name, f"第{row}行第{number}格"] = cell.origin


def _cells_of(form: PrintedForm, row: int) -> list[PrintedCell]:
    return sorted((c for c in form.cells if c.row <= row < c.row + c.rows), key=lambda cell: cell.column)


def _element(name: str, **attributes: object) -> OxmlElement:  # type: ignore[valid-type]
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _word_table(form: PrintedForm) -> OxmlElement:  # type: ignore[valid-type]
    table = _element("w:tbl")
    table.append(_element("w:tblPr"))
    grid = _element("w:tblGrid")
    columns = max(cell.column + cell.columns - 1 for cell in form.cells)
    widths = [int(form.widths[index] * 100) if index < len(form.widths) else 800 for index in range(columns)]
    for width in widths:
        grid.append(_element("w:gridCol", w=width))
    table.append(grid)
    for row in range(1, form.rows + 1):
        line = _element("w:tr")
        for cell in _cells_of(form, row):
            box = _element("w:tc")
            properties = _element("w:tcPr")
            if cell.columns > 1:
                properties.append(_element("w:gridSpan", val=cell.columns))
            if cell.rows > 1:
                properties.append(_element("w:vMerge", val="restart" if cell.row == row else "continue"))
            box.append(properties)
            for text in (cell.text if cell.row == row else "").split("\n"):
                paragraph = _element("w:p")
                Paragraph(paragraph, None).add_run(text)  # type: ignore[arg-type]
                box.append(paragraph)
            line.append(box)
        table.append(line)
    return Table(table, None)._tbl  # type: ignore[arg-type]


def as_page(report: PublishedReport, layout: str = "plain") -> tuple[bytes, Places]:
    places: Places = {}
    parts = [
        "<html><head><meta charset='utf-8'><title>自评报告</title><style>td{border:1px solid}</style></head><body><div>"
    ]
    parts += [f"<p>{html.escape(text)}</p>" for text in report.paragraphs]
    for number, form in enumerate(laid_out(report.forms, layout), start=1):
        parts += [f"<p><b>{html.escape(line)}</b></p>" for line in (form.mark, form.title) if line]
        parts.append("<table border=1>")
        for row in range(1, form.rows + 1):
            own = [cell for cell in _cells_of(form, row) if cell.row == row]
            parts.append("<tr>")
            for at, cell in enumerate(own, start=1):
                text = html.escape(cell.text).replace("\n", "<br>")
                parts.append(f"<td colspan={cell.columns} rowspan={cell.rows}><p><span>{text}</span></p></td>")
                if cell.origin:
                    places[f"表{number}", f"第{row}行第{at}格"] = cell.origin
            parts.append("</tr>")
        parts.append("</table>")
    return "".join([*parts, "</div></body></html>"]).encode(), places


def as_workbook(report: PublishedReport, layout: str = "plain") -> tuple[bytes, Places]:
    """A sheet for each table, figures as numbers; the text is left out, as in published workbooks."""
    buffer = io.BytesIO()
    places: Places = {}
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for number, form in enumerate(laid_out(report.forms, layout), start=1):
            name = f"{number}.{form.mark or '续'}"
            sheet = book.add_worksheet(name)
            columns = max(cell.column + cell.columns - 1 for cell in form.cells)
            sheet.merge_range(0, 0, 0, columns - 1, form.title or "续表")
            for cell in form.cells:
                row, column = cell.row, cell.column - 1
                if cell.rows > 1 or cell.columns > 1:
                    sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, cell.text)
                elif cell.text:
                    _write(book, sheet, row, column, cell.text)
                if cell.origin:
                    places[name, f"{chr(65 + column)}{row + 1}"] = cell.origin
    return buffer.getvalue(), places


def _write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str) -> None:
    bare = text.removesuffix("%")
    if bare.replace(".", "", 1).isdigit():
        decimals = len(bare.partition(".")[2])
        look = "0" + ("." + "0" * decimals if decimals else "") + ("%" if text != bare else "")
        sheet.write_number(
            row, column, float(bare) / (100 if text != bare else 1), book.add_format({"num_format": look})
        )
    else:
        sheet.write_string(row, column, text)


def as_pdf(report: PublishedReport, layout: str = "plain") -> tuple[bytes, Places]:
    """Pages with drawn lines; a table goes on over pages, and the places are not known."""
    paper = Sheet()
    for text in report.paragraphs:
        paper.paragraph(text)
    for form in laid_out(report.forms, layout):
        for line in filter(None, (form.mark, form.title)):
            paper.paragraph(line)
        paper.table(form)
    return paper.done(), {}


FILES: dict[str, Callable[[PublishedReport, str], tuple[bytes, Places]]] = {
    "docx": as_word,
    "html": as_page,
    "xlsx": as_workbook,
    "pdf": as_pdf,
}


def known_places(codes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Known errors with one place for all of the text: 正文."""
    return [(code, "正文" if place.startswith("报告正文") else place) for code, place in codes]
