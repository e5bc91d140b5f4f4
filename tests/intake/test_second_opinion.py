"""On every sane file the own reader and openpyxl must say the same, whichever program saved it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from functools import cache

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from tests.support.base import base
from tests.support.office import convert_all
from xlsxeval.intake.cells import RawCell, RawSheet, RawWorkbook
from xlsxeval.intake.reader import read_workbook

Fact = object


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("附件2 整体支出")
    free = book.add_format({"locked": False, "num_format": "#,##0.00", "bg_color": "#FFF2CC", "font_color": "#C00000"})
    rate = book.add_format({"num_format": "0.00%", "hidden": True})
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    sheet.write_row("A1", ["单位", "株洲市 & <科技局>", "a\nb", " 前后空格 ", "_x000D_", "😀", "'引号"])
    sheet.write_row("A2", [0.1 + 0.2, -0.0, 1e-300, 123456789012345678, 80.4, 1e15], free)
    sheet.write_formula("A3", '=IF(N(B2)=0,"",ROUND(A2/E2,4))', rate, "")
    sheet.write_formula("B3", "=SUM(A2:E2)", rate, 80.7)
    sheet.write_formula("C3", '="文"&A1', None, "文单位")
    sheet.write_formula("D3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("E3", "=A1=B1", None, False)
    sheet.write_array_formula("A4:A5", "{=A2:A3*2}", None, 0.6)
    sheet.write_datetime("B4", datetime.datetime(2024, 12, 31), day)
    sheet.write_boolean("C4", True)
    sheet.write_rich_string("D4", "红", free, "字", "尾")
    sheet.write_blank("E4", None, free)
    sheet.merge_range("A7:C8", "合并", free)
    sheet.data_validation("A2:E2", {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.data_validation("B1", {"validate": "list", "source": ["优", "良", "中", "差"]})
    sheet.protect("secret", {"select_locked_cells": False, "format_columns": True})
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column("H:J", None, None, {"hidden": True})
    sheet.conditional_format("A2:E2", {"type": "cell", "criteria": "<", "value": 0, "format": rate})
    sheet.write_url("F4", "https://example.invalid/a?b=c&d=e", string="链接")
    sheet.write_comment("F4", "批注")
    book.add_worksheet("隐藏").hide()
    book.add_worksheet("_seal").very_hidden()
    book.define_name("合计", "='附件2 整体支出'!$B$3")
    book.define_name("隐藏!local", "=隐藏!$A$1")
    book.set_custom_property("seal", "0123456789abcdef")
    book.close()
    return buffer.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "附件1"
    sheet.append(["株洲", 1, 2.5, True, None, "=B1+C1", "#N/A", datetime.datetime(2025, 2, 28, 12)])
    sheet.append([-1.5, "=A2*2", "中 文"])
    sheet["A3"] = CellRichText("富", TextBlock(InlineFont(b=True), "文本"))
    sheet["B3"] = ArrayFormula("B3:B4", "=A1:A2&1")
    sheet["A2"].protection = Protection(locked=False, hidden=True)
    sheet["A2"].number_format = "0.00_ "
    sheet["A2"].font = Font(color="FF00FF00")
    sheet["A2"].fill = PatternFill("solid", fgColor="FF123456")
    sheet.merge_cells("D5:E6")
    validation = DataValidation(type="whole", operator="between", formula1="1", formula2="9", allow_blank=True)
    validation.add("A1:A9")
    validation.add("C3")
    sheet.add_data_validation(validation)
    sheet.protection.sheet = True
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("h").sheet_state = "veryHidden"
    book.security = WorkbookProtection(lockStructure=True)
    book.defined_names["n"] = DefinedName("n", attr_text="附件1!$A$1:$B$2")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ours(book: RawWorkbook) -> dict[str, Fact]:
    """Everything that both readers see, in one plain form."""
    facts: dict[str, Fact] = {
        "sheets": [(sheet.name, sheet.state) for sheet in book.sheets],
        "names": {(one.name, one.sheet, one.text) for one in book.defined_names if not one.name.startswith("_xlnm")},
        "locked structure": book.structure_locked,
    }
    for sheet in book.sheets:
        facts[f"{sheet.name} merges"] = set(sheet.merges)
        facts[f"{sheet.name} protected"] = sheet.protected
        facts[f"{sheet.name} hidden rows"] = {row for a, b in sheet.hidden_rows for row in range(a, b + 1)}
        facts[f"{sheet.name} validations"] = {
            (one.type, one.operator, one.formula1, one.formula2, frozenset(one.ranges))
            for one in sheet.validations
            if not one.extension
        }
        for cell in sheet.cells.values():
            facts[f"{sheet.name}!{cell.a1}"] = our_cell(book, sheet, cell)
    return {key: fact for key, fact in facts.items() if fact is not None}


def our_cell(book: RawWorkbook, sheet: RawSheet, cell: RawCell) -> Fact:
    place = cell.row, cell.column
    covered = any(a <= place[0] <= c and b <= place[1] <= d and place != (a, b) for a, b, c, d in sheet.merges)
    style = book.style(cell)
    if covered or (cell.empty and style.locked):
        return None
    return cell.formula, cell.value or None, style.number_format, style.locked, style.hidden


def theirs(data: bytes) -> dict[str, Fact]:
    """The same facts as openpyxl tells them."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=False)
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    names = {(name, None, one.attr_text) for name, one in book.defined_names.items()}
    for sheet in book.worksheets:
        names |= {
            (name, sheet.title, one.attr_text) for name, one in sheet.defined_names.items() if name[:5] != "_xlnm"
        }
    facts: dict[str, Fact] = {
        "sheets": [(sheet.title, sheet.sheet_state) for sheet in book.worksheets],
        "names": names,
        "locked structure": bool(book.security and book.security.lockStructure),
    }
    for sheet in book.worksheets:
        facts[f"{sheet.title} merges"] = {
            (one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges
        }
        facts[f"{sheet.title} protected"] = sheet.protection.sheet
        facts[f"{sheet.title} hidden rows"] = {row for row, one in sheet.row_dimensions.items() if one.hidden}
        facts[f"{sheet.title} validations"] = {
            (
                one.type or "none",
                one.operator or "between",
                one.formula1,
                one.formula2,
                frozenset((area.min_row, area.min_col, area.max_row, area.max_col) for area in one.sqref.ranges),
            )
            for one in sheet.data_validations.dataValidation
        }
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell):
                    facts[f"{sheet.title}!{cell.coordinate}"] = their_cell(cell, cached[sheet.title][cell.coordinate])
    return {key: fact for key, fact in facts.items() if fact is not None}


def their_cell(cell: Cell, shown: object) -> Fact:
    formula = None
    if isinstance(cell.value, ArrayFormula):
        formula = str(cell.value.text).removeprefix("=")
    elif cell.data_type == "f":
        formula = str(cell.value).removeprefix("=")
    value = getattr(shown, "value", None)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        value = float(to_excel(value))
    if value is None and formula is None and cell.protection.locked:
        return None
    return (
        formula,
        value or None,
        cell.number_format,
        cell.protection.locked,
        bool(cell.protection.hidden),
    )


def differences(one: dict[str, Fact], other: dict[str, Fact]) -> dict[str, tuple[Fact, Fact]]:
    """What the two say differently, by place."""
    return {
        key: (one.get(key), other.get(key))
        for key in sorted(one.keys() | other.keys())
        if one.get(key) != other.get(key)
    }


SANE: dict[str, Callable[[], bytes]] = {
    "xlsxwriter": by_xlsxwriter,
    "openpyxl": by_openpyxl,
    "a filled form": lambda: base().data,
}


@cache
def saved_by_libreoffice() -> dict[str, bytes]:
    """All of them at one start of the program."""
    return dict(zip(SANE, convert_all([make() for make in SANE.values()], ".xlsx", "xlsx"), strict=True))


@pytest.mark.parametrize("make", SANE.values(), ids=SANE)
def test_both_readers_agree(make: Callable[[], bytes]) -> None:
    data = make()
    book = read_workbook(data)
    assert differences(ours(book), theirs(data)) == {}
    assert book.faults == ()


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SANE)
def test_both_readers_agree_on_what_libreoffice_saves(name: str) -> None:
    data = saved_by_libreoffice()[name]
    book = read_workbook(data)
    assert differences(ours(book), theirs(data)) == {}
    assert book.faults == ()
    assert book.producer is not None
    assert book.producer.startswith("LibreOffice")
