"""Changes to the bytes of a workbook: parts taken out of the zip, changed with lxml, put back."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree

from xlsxeval.model import Address

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Package:
    """An xlsx that can be changed part by part; worksheets are known by their names."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._trees: dict[str, etree._Element] = {}

    def tree(self, part: str) -> etree._Element:
        """The root element of a part, which may be changed."""
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.parts[part])
        return self._trees[part]

    def sheet_part(self, name: str) -> str:
        """The part of the worksheet of that name."""
        relations = {item.get("Id"): item.get("Target") for item in self.tree("xl/_rels/workbook.xml.rels")}
        for sheet in self.tree("xl/workbook.xml").iter(f"{MAIN}sheet"):
            if sheet.get("name") == name:
                return posixpath.normpath(posixpath.join("xl", str(relations[sheet.get(f"{_OFFICE}id")]))).lstrip("/")
        raise KeyError(f"no worksheet {name!r}")

    def cell(self, address: Address) -> etree._Element:
        """The ``c`` element of a cell that is written."""
        root = self.tree(self.sheet_part(address.sheet))
        found = next((cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == address.a1), None)
        if found is None:
            raise KeyError(f"{address} is not written")
        return found

    def save(self) -> bytes:
        """The bytes of the changed workbook."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                tree = self._trees.get(name)
                archive.writestr(
                    name,
                    content if tree is None else etree.tostring(tree, xml_declaration=True, encoding="UTF-8"),
                )
        return buffer.getvalue()


def write_raw_values(
    data: bytes, values: Mapping[str, str | Mapping[str, str]], address: Callable[[str], Address]
) -> bytes:
    """The workbook with the text of ``<v>`` replaced, and its type ``t`` (a number where none is given).

    For what no spreadsheet program would write.
    """
    package = Package(data)
    for place, value in values.items():
        written = {"t": "n", "v": value} if isinstance(value, str) else value
        cell = package.cell(address(place))
        cell[:] = [child for child in cell if child.tag == f"{MAIN}f"]
        cell.set("t", written["t"])
        etree.SubElement(cell, f"{MAIN}v").text = written["v"]
    return package.save()
