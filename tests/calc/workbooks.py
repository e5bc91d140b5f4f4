"""Reads a workbook for the tests: formulas, shown values, defined names, array formulas, the date system."""

from __future__ import annotations

import datetime
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet.formula import ArrayFormula

from xlsxeval.calc import ExcelError, Recalculation, Scalar, recalculate
from xlsxeval.model import Address

ERRORS = {error.value: error for error in ExcelError}


@dataclass
class Book:
    """What ``recalculate`` needs of a workbook."""

    cells: dict[Address, tuple[str | None, Scalar]]
    sheets: list[str]
    names: dict[str | tuple[str, str], str]
    arrays: dict[Address, tuple[int, int]]
    date1904: bool

    def recalculated(self) -> Recalculation:
        """All formulas computed again."""
        return recalculate(self.cells, sheets=self.sheets, names=self.names, arrays=self.arrays, date1904=self.date1904)


def read_book(path: Path) -> Book:
    """The workbook as a Book."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells formatted as dates whose numbers are none
        formulas = openpyxl.load_workbook(path)
        values = openpyxl.load_workbook(path, data_only=True)
    names: dict[str | tuple[str, str], str] = {
        name: defined.attr_text for name, defined in formulas.defined_names.items()
    }
    book = Book({}, formulas.sheetnames, names, {}, formulas.epoch == CALENDAR_MAC_1904)
    for sheet in formulas:
        names.update({(sheet.title, name): defined.attr_text for name, defined in sheet.defined_names.items()})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    place = Address(sheet.title, cell.row, cell.column)
                    shown = read_shown(values[sheet.title].cell(cell.row, cell.column).value, formulas.epoch)
                    book.cells[place] = _formula(cell.value, place, book), shown
    return book


def _formula(value: Any, place: Address, book: Book) -> str | None:
    """The formula of a cell, if it has one; array formulas are noted with their size."""
    if isinstance(value, ArrayFormula):
        first_column, first_row, last_column, last_row = range_boundaries(value.ref)
        book.arrays[place] = last_row - first_row + 1, last_column - first_column + 1
        return str(value.text)
    return value if isinstance(value, str) and value.startswith("=") else None


def read_shown(value: Any, epoch: datetime.datetime) -> Scalar:
    """A shown value as a scalar; a date becomes its serial number again."""
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    if isinstance(value, datetime.datetime | datetime.date | datetime.timedelta):
        return float(to_excel(value, epoch))
    if isinstance(value, str):
        return ERRORS.get(value, value)
    return value if value is None or isinstance(value, bool) else float(value)
