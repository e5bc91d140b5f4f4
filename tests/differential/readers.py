"""What other programs read in a workbook: the stored value of every cell, in one plain form."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import warnings
from collections.abc import Callable, Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook

from tests.support.office import convert_some
from xlsxeval.calc import Scalar
from xlsxeval.intake.literals import serial, unescape
from xlsxeval.intake.reader import read_workbook
from xlsxeval.model import Address

Values = Mapping[Address, Scalar]
"""Blank cells are left out."""
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def by_xlsxeval(data: bytes) -> Values:
    """Every cell as xlsxeval reads it. Raises Rejected."""
    return {
        Address(sheet.name, *place): plain(cell.value)
        for sheet in read_workbook(data).sheets
        for place, cell in sheet.cells.items()
        if plain(cell.value) not in (None, "")
    }


def by_openpyxl(data: bytes) -> Values:
    """As openpyxl does. Raises whatever it raises for a file that it cannot read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), data_only=True)
    return {
        Address(page.title, cell.row, cell.column): plain(cell.value)
        for page in book.worksheets
        for cell in page._cells.values()
        if plain(cell.value) not in (None, "")
    }


def by_calamine(data: bytes) -> Values:
    """As calamine does (Rust). Raises whatever it raises for a file that it cannot read."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        Address(name, row, column): plain(value)
        for name in book.sheet_names
        for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        for column, value in enumerate(line, 1)
        if plain(value) not in (None, "")
    }


def by_libreoffice(files: Sequence[bytes]) -> list[Values | None]:
    """As LibreOffice does, at one start of the program; what it computes it has computed anew. None: it cannot open it."""
    return [None if made is None else by_xlsxeval(made) for made in convert_some(files, ".xlsx", "xlsx")]


READERS: Mapping[str, Callable[[bytes], Values]] = {"openpyxl": by_openpyxl, "calamine": by_calamine}


def plain(value: object) -> Scalar:
    """A value without what the libraries make of it: dates and times as numbers, texts without escapes and blank ends."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    if isinstance(value, dt.date | dt.time):
        return float(to_excel(value))
    if isinstance(value, int | float):
        return float(value)
    text = unescape(str(value))
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def alike(one: Scalar, other: Scalar) -> bool:
    """Whether two readers read the same.

    calamine has no error values: it leaves such a cell out or tells its text. A date that stands in the file as a text it
    tells as that text.
    """
    if isinstance(one, float) and isinstance(other, str) and re.match(r"\d{4}-\d\d-\d\d", other):
        other = serial(other, date1904=False)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)
    if one in _ERRORS or other in _ERRORS:
        return one == other or None in (one, other)
    return type(one) is type(other) and one == other
