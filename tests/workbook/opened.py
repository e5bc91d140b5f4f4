"""A generated workbook opened in two ways: by openpyxl and part by part."""

from __future__ import annotations

import io
import zipfile
from functools import cache, cached_property

import openpyxl
from lxml import etree
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.base import KEY, SHEETS, Base, base
from xlsxeval.layout.layout import Layout
from xlsxeval.workbook import workbook_bytes

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PASSWORD = "Kx7mPq2Rt9vWz3B"


class Opened:
    """The bytes of a workbook with everything that a test asks of them."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def book(self) -> Workbook:
        return openpyxl.load_workbook(io.BytesIO(self.data))

    @cached_property
    def values(self) -> Workbook:
        """The same with the stored values of formulas."""
        return openpyxl.load_workbook(io.BytesIO(self.data), data_only=True)

    def sheet(self, name: str) -> Worksheet:
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    @cached_property
    def part_names(self) -> dict[str, str]:
        """Worksheet name → its part."""
        relations = {item.get("Id"): item.get("Target") for item in self.xml("xl/_rels/workbook.xml.rels")}
        sheets = self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {str(sheet.get("name")): f"xl/{relations[sheet.get(RELATION)]}" for sheet in sheets}

    def xml(self, part: str) -> etree._Element:
        """The root of a part, read anew: it may be changed."""
        return etree.fromstring(self.parts[part])

    def sheet_xml(self, name: str) -> etree._Element:
        return self.xml(self.part_names[name])

    @cached_property
    def _cells(self) -> dict[tuple[str, str], etree._Element]:
        return {
            (name, str(cell.get("r"))): cell
            for name in self.part_names
            for cell in self.sheet_xml(name).iter(f"{MAIN}c")
        }

    def cell_xml(self, sheet: str, a1: str) -> etree._Element:
        return self._cells[sheet, a1]


@cache
def blank() -> Opened:
    """The made campaign's first workbook as it is sent out."""
    made = base()
    return Opened(workbook_bytes(made.layout, made.seal, PASSWORD))


def layout() -> Layout:
    return base().layout


__all__ = ["KEY", "MAIN", "PASSWORD", "SHEETS", "Base", "Opened", "base", "blank", "layout"]
