"""Types values into a workbook of ours by changing only the cells concerned; everything else stays byte for byte.

A general writer would lose what it does not know: stored values of formulas, validations in Excel's extension.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping

from lxml import etree

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.errors import UsageError
from xlsxeval.forms.values import MAX_CELL_TEXT, text_length
from xlsxeval.layout.layout import Layout, SheetLayout
from xlsxeval.model import Address
from xlsxeval.workbook.rows import free_lines, grown_heights
from xlsxeval.workbook.text_escape import escape_text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_BOOK = "xl/workbook.xml"


class FillError(UsageError):
    """A value has no cell to go to in this workbook."""


def fill_workbook(
    data: bytes,
    layout: Layout,
    values: Mapping[Address, Scalar],
    computed: Mapping[Address, Scalar],
    *,
    fold: bool = True,
) -> bytes:
    """The workbook with ``values`` in its cells and ``computed`` as stored values of its formulas.

    ``data`` is a workbook that was read and identified before. A value at a formula's cell takes the formula's place.
    ``fold`` hides the free lines that stay empty and shows the others; without it rows show or hide as they did.
    Raises FillError where the workbook has no such cell, and for a text longer than a cell holds.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    parts = {info.filename: content for info, content in members}
    paths = _sheet_paths(parts)
    for sheet in layout.sheets:
        path = paths.get(sheet.name)
        if path is None:
            raise FillError(f"工作簿里没有工作表「{sheet.name}」，不能填写。请用收到的原表。")
        parts[path] = _fill_sheet(parts[path], sheet, values, computed, fold=fold)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, _ in members:
            archive.writestr(info, parts[info.filename])
    return buffer.getvalue()


def _sheet_paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Worksheet name → name of its part."""
    book = _parse(parts[_BOOK])
    relations = _parse(parts["xl/_rels/workbook.xml.rels"])
    targets = {item.get("Id"): str(item.get("Target")) for item in relations.iter(f"{{{_PACKAGE}}}Relationship")}
    paths = {}
    for sheet in book.iter(f"{{{_MAIN}}}sheet"):
        target = targets[sheet.get(f"{{{_RELATIONS}}}id")]
        paths[str(sheet.get("name"))] = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    return paths


def _fill_sheet(
    content: bytes,
    sheet: SheetLayout,
    values: Mapping[Address, Scalar],
    computed: Mapping[Address, Scalar],
    *,
    fold: bool,
) -> bytes:
    root = _parse(content)
    cells = {str(cell.get("r")): cell for cell in root.iter(f"{{{_MAIN}}}c")}
    rows = {int(str(row.get("r"))): row for row in root.iter(f"{{{_MAIN}}}row")}
    for cell in sheet.cells:
        if cell.address in values:
            element = cells.get(cell.address.a1)
            if element is None:
                raise FillError(f"工作簿里没有 {cell.address} 这一格，不能填写。请用收到的原表。")
            value = values[cell.address]
            if isinstance(value, str) and text_length(value) > MAX_CELL_TEXT:
                raise FillError(
                    f"{cell.address} 有 {text_length(value):,} 个字符，一格最多 {MAX_CELL_TEXT:,} 个，没有填。请把它删短，或分到几格。"
                )
            _type(element, value)
        elif cell.formula is not None and cell.address.a1 in cells:
            _store(cells[cell.address.a1], computed.get(cell.address))
    if fold:
        _fold(sheet, cells, rows)
    for number, height in grown_heights(sheet, values).items():
        if number in rows:
            rows[number].set("ht", f"{height:g}")
            rows[number].set("customHeight", "1")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _type(element: etree._Element, value: Scalar) -> None:
    """Puts a constant in a cell, in the place of whatever was there."""
    for child in list(element):
        element.remove(child)
    _untype(element)
    if value is None or value == "":
        return
    if isinstance(value, str):
        element.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(element, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        text.text = escape_text(value)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return
    _store(element, value)


def _store(element: etree._Element, value: Scalar) -> None:
    """Sets a cell's stored value and leaves its formula."""
    for child in element.findall(f"{{{_MAIN}}}v"):
        element.remove(child)
    _untype(element)
    stored = etree.SubElement(element, f"{{{_MAIN}}}v")
    if isinstance(value, bool):
        element.set("t", "b")
        stored.text = "1" if value else "0"
    elif isinstance(value, ExcelError):
        element.set("t", "e")
        stored.text = value.value
    elif isinstance(value, (int, float)):
        stored.text = f"{value:.17g}"
    else:
        element.set("t", "str")
        stored.text = escape_text(value or "")


def _fold(sheet: SheetLayout, cells: Mapping[str, etree._Element], rows: Mapping[int, etree._Element]) -> None:
    """Hides the free lines that nobody uses, so that they do not print; the first line of a block always shows."""
    for number, shows in free_lines(sheet, lambda cell: cell.address.a1 in cells and len(cells[cell.address.a1]) > 0):
        row = rows.get(number)
        if row is None:
            continue
        if shows:
            row.attrib.pop("hidden", "")
        else:
            row.set("hidden", "1")


def _untype(element: etree._Element) -> None:
    if "t" in element.attrib:
        del element.attrib["t"]


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)
