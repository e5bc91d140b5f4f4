"""Layout → the bytes of a locked workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.forms.seal import ANSWER_COLUMN, PROPERTY, SEAL_SHEET, Seal
from xlsxeval.layout.layout import CellKind, CellLook, Layout, PlacedCell, SheetLayout
from xlsxeval.model import Address
from xlsxeval.workbook.areas import corner, joined
from xlsxeval.workbook.grey_cells import grey_out
from xlsxeval.workbook.joined_lines import join_equal
from xlsxeval.workbook.page_setup import is_tall, set_columns, set_page
from xlsxeval.workbook.styles import MARKS, STATUS_COLOURS, properties
from xlsxeval.workbook.text_escape import escape_text
from xlsxeval.workbook.validations import write_validations

_CREATED = dt.datetime(2024, 1, 1)  # a fixed date: the same input gives the same bytes
_CALLED = re.compile(r"([A-Z][A-Z0-9.]{0,63})\(")
_OLD_FUNCTIONS = frozenset(
    {"ABS", "AND", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "EXACT", "FIND", "IF", "IFERROR", "ISNUMBER"}
    | {"LEFT", "LEN", "LOOKUP", "MATCH", "MAX", "MID", "MIN", "N", "NOT", "OR", "RIGHT", "ROUND", "SUBSTITUTE", "SUM"}
    | {"SUMPRODUCT", "TEXT", "TRIM", "VALUE"}
)
"""What the forms use most, none of it younger than Excel 2007."""


class _Page(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet that looks for functions younger than Excel 2007 only in formulas that may call one.

    XlsxWriter looks for each of 160 in every formula, which costs more than all other writing.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if _OLD_FUNCTIONS.issuperset(_CALLED.findall(formula)) and formula[:1] != "{" and formula[-1:] != "}":
            return formula.removeprefix("=")
        prepared: str = super()._prepare_formula(formula, expand_future_functions)
        return prepared


class _LockedWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose structure is locked too, which XlsxWriter does not offer: one element before the views."""

    worksheet_class = _Page
    structure_password = ""

    def _write_book_views(self) -> None:
        attributes: list[tuple[str, str | int]] = [("lockStructure", 1)]
        if self.structure_password:
            attributes.insert(0, ("workbookPassword", self.worksheets()[0]._encode_password(self.structure_password)))
        self._xml_empty_tag("workbookProtection", attributes)
        super()._write_book_views()


def workbook_bytes(layout: Layout, seal: Seal, password: str, inputs: Mapping[Address, Scalar] | None = None) -> bytes:
    """The workbook of a unit: everything locked but the inputs, every formula with its computed value.

    ``inputs`` are values of input cells (none in a fresh form). ``password`` protects sheets and structure; an empty one
    locks them so that anybody can unlock them.
    """
    values = dict(inputs or {})
    buffer = io.BytesIO()
    book = open_book(buffer, layout, seal, password)
    writer = SheetWriter(book, layout, values, layout.compute(values))
    for sheet in layout.sheets:
        writer.write(sheet, password)
    close_book(book, seal, password)
    return buffer.getvalue()


def open_book(buffer: io.BytesIO, layout: Layout, seal: Seal, password: str) -> Workbook:
    """A workbook without worksheets that knows whose it is."""
    book = _LockedWorkbook(
        buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "use_future_functions": True}
    )
    book.structure_password = password
    book.set_properties(
        {
            "title": f"{layout.edition.title}：{layout.unit.name}",
            "author": layout.campaign.department,
            "created": _CREATED,
        }
    )
    book.set_custom_property(PROPERTY, seal.property_text)
    book.set_calc_mode("auto")
    return book


def close_book(book: Workbook, seal: Seal, password: str, answer: Sequence[str] = ()) -> None:
    """Adds the seal's worksheet, which stands last, and writes everything out. ``answer`` stands beside the seal."""
    page = book.add_worksheet(SEAL_SHEET)
    for row, text in enumerate(seal.sheet_texts):
        page.write_string(row, 0, text)
    for row, text in enumerate(answer):
        page.write_string(row, ANSWER_COLUMN - 1, text)
    page.protect(password)
    page.very_hidden()
    book.close()


class SheetWriter:
    """Writes the worksheets of a layout. ``marks`` name the cells that stand out, by what ``styles.MARKS`` calls them."""

    def __init__(
        self,
        book: Workbook,
        layout: Layout,
        values: Mapping[Address, Scalar],
        computed: Mapping[Address, Scalar],
        marks: Mapping[Address, str] | None = None,
    ) -> None:
        self.book = book
        self.layout = layout
        self.values = values
        self.computed = computed
        self.marks = marks or {}
        self._formats: dict[tuple[CellLook, bool, bool, str | None], Format] = {}
        self._results: dict[str, Format] = {}

    def write(self, sheet: SheetLayout, password: str) -> Worksheet:
        """Adds one worksheet, after those that are there."""
        page = self.book.add_worksheet(sheet.name)
        set_columns(page, sheet)
        for row, height in sheet.row_heights.items():
            page.set_row(row - 1, height)
        for cell in sheet.cells:
            self._cell(page, cell, from_top=is_tall(sheet, cell))
        write_validations(page, self.layout, sheet)
        self._coloured_by_mark(page, sheet)
        join_equal(self.book, page, sheet.cells)
        grey_out(self.book, page, sheet.cells)
        set_page(page, sheet)
        page.protect(password, {"format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True})
        return page

    def _cell(self, page: Worksheet, cell: PlacedCell, *, from_top: bool) -> None:
        row, column = cell.address.row - 1, cell.address.column - 1
        style = self._format(cell.look, self.marks.get(cell.address), locked=cell.locked, from_top=from_top)
        if cell.rows > 1 or cell.columns > 1:
            page.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", style)
        if cell.link is not None:
            target = f"internal:'{cell.link.sheet}'!{cell.link.a1}"
            page.write_url(row, column, target, style, string=str(cell.value), tip="点击跳到这一格")
        elif cell.formula is not None:
            text = self.layout.formula_texts[cell.address]
            page.write_formula(row, column, f"={text}", style, _cached(self.computed[cell.address]))
        else:
            value = self.values.get(cell.address) if cell.kind is CellKind.INPUT else cell.value
            self._constant(page, row, column, value, style)

    @staticmethod
    def _constant(page: Worksheet, row: int, column: int, value: Scalar, style: Format) -> None:
        if value is None or value == "":
            page.write_blank(row, column, None, style)
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, style)
        elif isinstance(value, float):
            page.write_number(row, column, value, style)
        else:
            page.write_string(row, column, str(value), style)

    def _format(self, look: CellLook, mark: str | None, *, locked: bool, from_top: bool) -> Format:
        key = (look, locked, from_top, mark)
        if key not in self._formats:
            style = properties(look, locked=locked) | ({"valign": "top"} if from_top else {})
            self._formats[key] = self.book.add_format(style | MARKS.get(mark or "", {}))
        return self._formats[key]

    def _coloured_by_mark(self, page: Worksheet, sheet: SheetLayout) -> None:
        """Colours live results; an area has one rule a mark, whose formula speaks of the area's first cell."""
        for area in joined(corner(cell) for cell in sheet.cells if _is_result(cell)):
            for mark, colour in STATUS_COLOURS.items():
                if mark not in self._results:
                    self._results[mark] = self.book.add_format({"font_color": colour})
                rule = {"type": "text", "criteria": "begins with", "value": mark, "format": self._results[mark]}
                page.conditional_format(*area, rule)


def _is_result(cell: PlacedCell) -> bool:
    return cell.look.role in ("status", "summary") or (cell.look.role == "helper" and cell.formula is not None)


def _cached(value: Scalar) -> Any:
    """A formula's value as XlsxWriter takes it; an empty text and a blank both show nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return escape_text(value)
    return value.value if isinstance(value, ExcelError) else value
