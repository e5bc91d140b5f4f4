"""Planned worksheets and their values → the bytes of a workbook."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.model import Address
from xlsxeval.rollup.drawn_charts import draw
from xlsxeval.rollup.looks import properties
from xlsxeval.rollup.plan import Box, PlannedCell, PlannedFormula, PlannedLook, PlannedSheet
from xlsxeval.rollup.texts import plain

A4 = 9
_CREATED = dt.datetime(2024, 1, 1)  # a fixed date: the same input gives the same bytes
_CHARTS_SCALE = 70
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}


def write_book(sheets: Sequence[PlannedSheet], values: Mapping[Address, Scalar], title: str) -> bytes:
    """The workbook. ``values`` are those of all formulas."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plain(title), "created": _CREATED})
    book.set_calc_mode("auto")
    writer = _Writer(book, values)
    pages = {sheet.name: book.add_worksheet(sheet.name) for sheet in sheets}
    for sheet in sheets:
        writer.write(pages[sheet.name], sheet)
    for sheet in sheets:  # after all cells: a chart stores the values that it shows
        for chart in sheet.charts:
            draw(book, pages[sheet.name], sheet.name, chart)
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Workbook, values: Mapping[Address, Scalar]) -> None:
        self.book = book
        self.values = values
        self._formats: dict[PlannedLook, Format] = {}

    def write(self, page: Worksheet, sheet: PlannedSheet) -> None:
        for number, width in enumerate(sheet.widths):
            page.set_column(number, number, width)
        for row, height in sheet.heights.items():
            page.set_row(row - 1, height)
        for first_row, first, last_row, last in sheet.merges:
            style = self._format(sheet.cells[first_row, first].look)
            page.merge_range(first_row - 1, first - 1, last_row - 1, last - 1, "", style)
        covered = {place for box in sheet.merges for place in _covered(box)}
        for (row, column), cell in sheet.cells.items():
            if (row, column) not in covered:
                self._cell(page, sheet.name, row, column, cell)
        self._page(page, sheet)

    def _cell(self, page: Worksheet, name: str, row: int, column: int, cell: PlannedCell) -> None:
        style, content = self._format(cell.look), cell.content
        if content is None or content == "":
            page.write_blank(row - 1, column - 1, None, style)
        elif isinstance(content, PlannedFormula):
            value = self.values[Address(name, row, column)]
            page.write_formula(row - 1, column - 1, f"={content.text}", style, _stored(value))
        elif isinstance(content, str):
            page.write_string(row - 1, column - 1, plain(content), style)
        else:
            page.write_number(row - 1, column - 1, content, style)

    def _format(self, look: PlannedLook) -> Format:
        if look not in self._formats:
            self._formats[look] = self.book.add_format(properties(look))
        return self._formats[look]

    @staticmethod
    def _page(page: Worksheet, sheet: PlannedSheet) -> None:
        page.set_paper(A4)
        page.set_landscape()
        page.set_margins(**_MARGINS)
        page.center_horizontally()
        if sheet.charts:
            page.set_print_scale(_CHARTS_SCALE)  # fitting to a page's width would pass over the breaks
            page.set_h_pagebreaks([row - 1 for row in sheet.breaks])
        else:
            page.fit_to_pages(1, 0)
        page.repeat_rows(sheet.header[0] - 1, sheet.header[1] - 1)
        page.freeze_panes(*sheet.frozen)
        if sheet.filter is not None:
            first_row, first, last_row, last = sheet.filter
            page.autofilter(first_row - 1, first - 1, last_row - 1, last - 1)
        page.set_footer(f'&L&"宋体,常规"&10{sheet.name}&C&"宋体,常规"&10第 &P 页，共 &N 页')
        page.hide_gridlines(2)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{sheet.last_row}"})


def _covered(box: Box) -> list[tuple[int, int]]:
    """The cells that a merged area hides: all but the first."""
    first_row, first, last_row, last = box
    return [(row, column) for row in range(first_row, last_row + 1) for column in range(first, last + 1)][1:]


def _stored(value: Scalar) -> str | float | bool:
    """A formula's value as XlsxWriter takes it."""
    if value is None:
        return ""
    if isinstance(value, ExcelError):
        return value.value
    return plain(value) if isinstance(value, str) else value
