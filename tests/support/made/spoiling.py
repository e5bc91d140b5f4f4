"""What people do to a locked workbook once the protection is off, and what happens to files on their way."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

from lxml import etree

from tests.support.packages import MAIN, Package
from xlsxeval.calc import AreaRef, CellRef, FormulaSyntaxError, Node, parse, to_formula, transform
from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.model import Address, split_a1

_BOOK = "xl/workbook.xml"
_SEAL_PROPERTY = "docProps/custom.xml"
_FORMULAS = tuple(f"{MAIN}{name}" for name in ("f", "formula", "formula1", "formula2"))
Follow = Callable[[Node, str], Node | None]
"""A reference as it reads after a change, seen from a worksheet; None where it stays."""


def unprotected(data: bytes, sheet: str) -> bytes:
    """The worksheet's protection taken off."""
    package = Package(data)
    root = package.tree(package.sheet_part(sheet))
    for found in root.findall(f"{MAIN}sheetProtection"):
        root.remove(found)
    return package.save()


def retexted(data: bytes, sheet: str, cell: str, text: str) -> bytes:
    """Other words in a cell."""
    package = Package(data)
    element = package.cell(Address(sheet, *split_a1(cell)))
    element[:] = []
    element.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(element, f"{MAIN}is"), f"{MAIN}t").text = text
    return package.save()


def with_formula(data: bytes, sheet: str, cell: str, formula: str) -> bytes:
    """A formula in a cell, over its value."""
    package = Package(data)
    element = package.cell(Address(sheet, *split_a1(cell)))
    written = etree.Element(f"{MAIN}f")
    written.text = formula
    element.insert(0, written)
    return package.save()


def hidden_row(data: bytes, sheet: str, row: int) -> bytes:
    """A row that nobody sees."""
    package = Package(data)
    for element in package.tree(package.sheet_part(sheet)).iter(f"{MAIN}row"):
        if element.get("r") == str(row):
            element.set("hidden", "1")
    return package.save()


def with_sheet(data: bytes, name: str) -> bytes:
    """One more worksheet, an empty one."""
    package = Package(data)
    sheets = package.tree(_BOOK).find(f"{MAIN}sheets")
    assert sheets is not None
    relations = package.tree("xl/_rels/workbook.xml.rels")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = etree.SubElement(sheets, f"{MAIN}sheet", {"name": name, "sheetId": "99", f"{{{office}}}id": "rId99"})
    added.tail = None
    kind = {"Id": "rId99", "Type": f"{office}/worksheet", "Target": "worksheets/sheet99.xml"}
    etree.SubElement(relations, relations[0].tag, kind)
    part = {"PartName": "/xl/worksheets/sheet99.xml", "ContentType": _WORKSHEET}
    types = package.tree("[Content_Types].xml")
    etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override", part)
    package.parts["xl/worksheets/sheet99.xml"] = f'<worksheet xmlns="{MAIN[1:-1]}"><sheetData/></worksheet>'.encode()
    return package.save()


_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def renamed_sheet(data: bytes, old: str, new: str) -> bytes:
    """A worksheet under another name; what refers to it follows, as in Excel."""
    package = Package(data)

    def follow(part: Node, _: str) -> Node | None:
        return replace(part, sheet=new) if isinstance(part, (CellRef, AreaRef)) and part.sheet == old else None

    _rewrite(package, follow)
    for element in package.tree(_BOOK).iter(f"{MAIN}sheet"):
        if element.get("name") == old:
            element.set("name", new)
    return package.save()


def with_row(data: bytes, sheet: str, at: int) -> bytes:
    """An empty row above row ``at``; everything below moves, and what refers to it follows."""
    package = Package(data)

    def down(row: int) -> int:
        return row + (row >= at)

    def follow(part: Node, own: str) -> Node | None:
        if not isinstance(part, (CellRef, AreaRef)) or (part.sheet or own) != sheet:
            return None
        if isinstance(part, CellRef):
            return replace(part, row=down(part.row))
        return replace(part, first_row=down(part.first_row), last_row=down(part.last_row))

    def moved(ranges: str) -> str:
        return " ".join(to_formula(transform(parse(one), lambda part: follow(part, sheet))) for one in ranges.split())

    own = package.tree(package.sheet_part(sheet))
    for row in own.iter(f"{MAIN}row"):
        row.set("r", str(down(int(row.get("r", "0")))))
    for name, attribute in (
        ("c", "r"),
        ("mergeCell", "ref"),
        ("hyperlink", "ref"),
        ("dataValidation", "sqref"),
        ("conditionalFormatting", "sqref"),
    ):
        for element in own.iter(f"{MAIN}{name}"):
            element.set(attribute, moved(element.get(attribute, "")))
    _rewrite(package, follow)
    return package.save()


def without_seal(data: bytes, *, property_too: bool) -> bytes:
    """The very hidden sheet with the seal emptied, and the document property gone as well."""
    package = Package(data)
    grid = package.tree(package.sheet_part(SEAL_SHEET)).find(f"{MAIN}sheetData")
    assert grid is not None
    grid[:] = []
    if property_too:
        package.tree(_SEAL_PROPERTY)[:] = []
    return package.save()


def resaved(data: bytes) -> bytes:
    """The same workbook packed anew: other bytes, nothing else."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name))
    return buffer.getvalue()


def _rewrite(package: Package, follow: Follow) -> None:
    """Every formula with its references changed, in cells, validations, formats and defined names."""
    for name in _sheet_names(package):
        for element in package.tree(package.sheet_part(name)).iter(*_FORMULAS):
            element.text = _followed(element.text, follow, name)
    for element in package.tree(_BOOK).iter(f"{MAIN}definedName"):
        element.text = _followed(element.text, follow, "")


def _followed(formula: str | None, follow: Follow, own: str) -> str | None:
    try:
        before = parse(formula or "")
    except FormulaSyntaxError:
        return formula
    after = transform(before, lambda part: follow(part, own))
    return formula if after == before else to_formula(after)


def _sheet_names(package: Package) -> Iterator[str]:
    for element in package.tree(_BOOK).iter(f"{MAIN}sheet"):
        yield str(element.get("name"))
