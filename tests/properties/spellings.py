"""The same workbook written otherwise: what programs of all kinds do with XML and zip, and what changes nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from lxml import etree

from tests.fuzz.packing import packed, parts_of
from tests.support.packages import MAIN, Package
from xlsxeval.model import split_a1

Spelling = Callable[[bytes], bytes]
SPELLINGS: dict[str, Spelling] = {}


def spelling(function: Spelling) -> Spelling:
    SPELLINGS[function.__name__] = function
    return function


def _texts(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """Every XML part changed as text."""
    return packed({
        name: change(name, content.decode()).encode() if name.endswith((".xml", ".rels")) else content
        for name, content in parts_of(data).items()
    })  # fmt: skip


def _sheets(change: Callable[[str], str]) -> Spelling:
    return lambda data: _texts(data, lambda name, text: change(text) if "worksheets/sheet" in name else text)


@spelling
def absolute_targets(data: bytes) -> bytes:
    """Relations that name their parts from the root of the package, as some libraries write them."""

    def change(name: str, text: str) -> str:
        folder = name.partition("_rels/")[0]
        return re.sub(r'Target="(?!/|http)', f'Target="/{folder}', text) if name.endswith(".rels") else text

    return _texts(data, change)


@spelling
def prefixed_names(data: bytes) -> bytes:
    """Every element with a prefix, x:worksheet, as the Open XML SDK and SAP write them."""

    def change(name: str, text: str) -> str:
        if name.endswith(".rels") or "spreadsheetml/2006/main" not in text[:400]:
            return text
        return re.sub(r"<(/?)(?=[a-zA-Z0-9]+[\s/>])", r"<\1x:", text).replace(" xmlns=", " xmlns:x=", 1)

    return _texts(data, change)


@spelling
def without_places(data: bytes) -> bytes:
    """No r at rows and cells that follow the one before."""
    package = Package(data)
    for name in package.parts:
        if not name.startswith("xl/worksheets/sheet"):
            continue
        last_row = 0
        for row in package.tree(name).iter(f"{MAIN}row"):
            number, last_column = int(row.get("r", "0")), 0
            for cell in row:
                column = split_a1(cell.get("r", ""))[1]
                if column == last_column + 1:
                    del cell.attrib["r"]
                last_column = column
            if number == last_row + 1:
                del row.attrib["r"]
            last_row = number
    return package.save()


@spelling
def with_marks_of_its_own(data: bytes) -> bytes:
    """Attributes and elements of Excel's later versions, ignorable ones, choices that hold nothing of the form."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def change(text: str) -> str:
        spaces = f'xmlns:mc="{mc}" xmlns:ac="urn:ac" xmlns:xr="urn:xr" mc:Ignorable="ac xr" xr:uid="{{00000000-0001}}"'
        text = text.replace("<worksheet ", f"<worksheet {spaces} ", 1)
        text = re.sub(r"<row ", '<row ac:dyDescent="0.25" x14="1" ', text)
        choice = (
            '<mc:AlternateContent><mc:Choice Requires="ac"><ac:thing/></mc:Choice><mc:Fallback/></mc:AlternateContent>'
        )
        text = text.replace("<sheetData>", f"{choice}<sheetData>", 1)
        return re.sub(r"(<c [^>]*?)(/?)>", r'\1 cm="0" ac:n="1"\2>', text)

    return _sheets(change)(data)


@spelling
def in_utf16(data: bytes) -> bytes:
    return packed({
        name: content.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "worksheets/sheet" in name else content
        for name, content in parts_of(data).items()
    })  # fmt: skip


@spelling
def with_references_and_cdata(data: bytes) -> bytes:
    """Texts as CDATA, comments and line ends between the elements. Digits of values so written are refused (F026)."""

    def change(name: str, text: str) -> str:
        if name == "xl/sharedStrings.xml":
            return re.sub(r">([^<&]+)</t>", r"><![CDATA[\1]]></t>", text)
        if "worksheets/sheet" in name:
            return text.replace("<row ", "<!-- row -->\n  <row ")
        return text

    return _texts(data, change)


@spelling
def strings_in_another_order(data: bytes) -> bytes:
    """The table of texts turned round, with one that nobody uses."""
    package = Package(data)
    table = package.tree("xl/sharedStrings.xml")
    count = len(table)
    table[:] = list(reversed(table))
    unused = etree.SubElement(etree.SubElement(table, f"{MAIN}si"), f"{MAIN}t")
    unused.text = "没有人用"
    for name in package.parts:
        if name.startswith("xl/worksheets/sheet"):
            for cell in package.tree(name).iter(f"{MAIN}c"):
                value = cell.find(f"{MAIN}v")
                if cell.get("t") == "s" and value is not None:
                    value.text = str(count - 1 - int(value.text or 0))
    return package.save()


@spelling
def numbers_in_other_digits(data: bytes) -> bytes:
    """1234.5 as 1234.50 or 1.2345E3."""

    def written(found: re.Match[str]) -> str:
        number = float(found.group(2))
        text = f"{number:.16E}" if float(f"{number:.16E}") == number else found.group(2)
        return f"{found.group(1)}<v>{text}</v>"

    return _sheets(lambda text: re.sub(r'(<c r="[A-Z]+[0-9]+" s="[0-9]+">)<v>([-0-9.Ee]+)</v>', written, text))(data)


@spelling
def without_dimension_and_spans(data: bytes) -> bytes:
    return _sheets(lambda text: re.sub(r'<dimension [^>]*/>| spans="[^"]*"', "", text))(data)


@spelling
def stored_in_another_order(data: bytes) -> bytes:
    """Members turned round and not compressed, with a folder among them."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/", b"")
        for name, content in reversed(parts_of(data).items()):
            archive.writestr(name, content)
    return buffer.getvalue()
