"""LibreOffice as a second opinion: many formulas in one workbook, computed in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from tests.calc.workbooks import read_book
from tests.support.office import resave
from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.model import Address


def convert(source: Path, folder: Path) -> Path:
    """The workbook as LibreOffice opens, computes and saves it."""
    target = folder / "computed" / source.name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(resave(source.read_bytes()))
    return target


def write_book(path: Path, cells: Mapping[Address, Scalar], formulas: Mapping[Address, str]) -> None:
    """A workbook with values and formulas, a worksheet for each that is named."""
    book = xlsxwriter.Workbook(path, {"use_future_functions": True})
    for name in dict.fromkeys(address.sheet for address in (*cells, *formulas)):
        book.add_worksheet(name)
    for (name, row, column), value in cells.items():
        sheet = book.get_worksheet_by_name(name)
        if isinstance(value, ExcelError):
            sheet.write_formula(row - 1, column - 1, f"={value}", None, str(value))
        elif value == "":
            sheet.write_formula(row - 1, column - 1, '=""')
        elif value is not None:
            sheet.write(row - 1, column - 1, value)
    for (name, row, column), formula in formulas.items():
        book.get_worksheet_by_name(name).write_formula(row - 1, column - 1, f"={formula.removeprefix('=')}")
    book.close()


def read_results(path: Path, addresses: Sequence[Address]) -> dict[Address, Scalar]:
    """The values that a workbook shows."""
    shown = read_book(path).cells
    return {address: shown.get(address, (None, None))[1] for address in addresses}


def compute(folder: Path, cells: Mapping[Address, Scalar], formulas: Mapping[Address, str]) -> dict[Address, Scalar]:
    """What LibreOffice makes of formulas over cells."""
    source = folder / "formulas.xlsx"
    write_book(source, cells, formulas)
    return read_results(convert(source, folder), list(formulas))
