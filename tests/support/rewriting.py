"""What programs do to a workbook that somebody only opens and saves: other bytes, the same content."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree
from openpyxl import load_workbook

from tests.support.office import resave
from tests.support.packages import MAIN, Package
from xlsxeval.calc import FormulaSyntaxError, parse, shift
from xlsxeval.model import split_a1

Rewriting = Callable[[bytes], bytes]
REWRITINGS: dict[str, Rewriting] = {}
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_NAMES = "docProps/custom.xml"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"


def rewriting(function: Rewriting) -> Rewriting:
    REWRITINGS[function.__name__] = function
    return function


def by_libreoffice(data: bytes) -> bytes:
    """The real program, for tests that carry its mark."""
    return resave(data)


@rewriting
def by_openpyxl(data: bytes) -> bytes:
    """A script that loads and saves: the stored values of formulas are gone, nothing else."""
    book = load_workbook(io.BytesIO(data))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@rewriting
def with_styles_in_another_order(data: bytes) -> bytes:
    """Cell formats turned round, each said twice, number formats under other numbers."""
    package = Package(data)
    styles = package.tree("xl/styles.xml")
    for element in [*styles.iter(f"{MAIN}numFmt"), *styles.iter(f"{MAIN}xf")]:
        number = int(element.get("numFmtId", "0"))
        if number >= 164:
            element.set("numFmtId", str(number + 200))
    looks = _child(styles, "cellXfs")
    looks[:] = [deepcopy(look) for look in reversed(looks)] + [deepcopy(look) for look in looks]
    half = len(looks) // 2
    for sheet in _sheets(package):
        for element in sheet.iter(f"{MAIN}c"):
            element.set("s", str(half - 1 - int(element.get("s", "0"))))
    return package.save()


@rewriting
def with_shared_formulas(data: bytes) -> bytes:
    """What Excel does with a formula that was filled down: written once, the others point to it."""
    package = Package(data)
    for sheet in _sheets(package):
        for number, run in enumerate(_runs(sheet)):
            first, *others = run
            _child(first, "f").set("t", "shared")
            _child(first, "f").set("ref", f"{first.get('r')}:{run[-1].get('r')}")
            for cell in run:
                _child(cell, "f").set("si", str(number))
            for cell in others:
                _child(cell, "f").set("t", "shared")
                _child(cell, "f").text = None
    return package.save()


@rewriting
def with_inline_texts(data: bytes) -> bytes:
    """Texts in the cells instead of in the table of shared strings."""
    package = Package(data)
    texts = ["".join(map(str, item.itertext())) for item in package.tree("xl/sharedStrings.xml").iter(f"{MAIN}si")]
    for sheet in _sheets(package):
        for cell in sheet.iter(f"{MAIN}c"):
            if cell.get("t") == "s":
                text = texts[int(_child(cell, "v").text or "0")]
                cell.set("t", "inlineStr")
                cell[:] = []
                inside = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
                inside.text = text
                inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return package.save()


@rewriting
def with_validations_in_the_extension(data: bytes) -> bytes:
    """Excel keeps validations there that refer to another sheet; some programs put all of them there."""
    package = Package(data)
    for sheet in _sheets(package):
        found = sheet.find(f"{MAIN}dataValidations")
        if found is None:
            continue
        sheet.remove(found)
        extension = etree.SubElement(etree.SubElement(sheet, f"{MAIN}extLst"), f"{MAIN}ext")
        moved = etree.SubElement(extension, f"{X14}dataValidations")
        for old in found:
            attributes = {name: value for name, value in old.attrib.items() if name != "sqref"}
            new = etree.SubElement(moved, f"{X14}dataValidation", attributes)
            for formula in old:
                name = etree.QName(formula).localname
                etree.SubElement(etree.SubElement(new, f"{X14}{name}"), f"{XM}f").text = formula.text
            etree.SubElement(new, f"{XM}sqref").text = old.get("sqref")
    return package.save()


@rewriting
def with_an_empty_fill(data: bytes) -> bytes:
    """As some versions of WPS write their table of styles."""
    package = Package(data)
    etree.SubElement(_child(package.tree("xl/styles.xml"), "fills"), f"{MAIN}fill")
    return package.save()


@rewriting
def as_wps_writes(data: bytes) -> bytes:
    """A wrong dimension, rich texts with phonetic ones, other line ends, a property and a name of its own."""
    package = Package(data)
    for sheet in _sheets(package):
        _child(sheet, "dimension").set("ref", "A1")
    for item in package.tree("xl/sharedStrings.xml").iter(f"{MAIN}si"):
        text = "".join(map(str, item.itertext())).replace("\n", "_x000D_\n")
        item[:] = []
        for part in (text[:1], text[1:]):
            run = etree.SubElement(item, f"{MAIN}r")
            etree.SubElement(run, f"{MAIN}rPr")
            etree.SubElement(run, f"{MAIN}t").text = part
        etree.SubElement(etree.SubElement(item, f"{MAIN}rPh", sb="0", eb="1"), f"{MAIN}t").text = "pin yin"
    added = etree.SubElement(
        package.tree(_NAMES), f"{_CUSTOM}property", name="KSOProductBuildVer", pid="99", fmtid="{1}"
    )
    etree.SubElement(added, f"{_TYPES}lpwstr").text = "2052-12.1.0.0"
    names = _child(package.tree("xl/workbook.xml"), "definedNames")
    etree.SubElement(names, f"{MAIN}definedName", name="_xlnm._FilterDatabase", hidden="1").text = "自查!$A$4:$G$5"
    return package.save()


@rewriting
def as_excel_writes(data: bytes) -> bytes:
    """Numbers to the last bit, blank cells that are not written, a choice of namespaces in the workbook."""
    package = Package(data)
    for sheet in _sheets(package):
        for cell in list(sheet.iter(f"{MAIN}c")):
            value = cell.find(f"{MAIN}v")
            if len(cell) == 0 and _locked(package, cell):
                _parent(cell).remove(cell)
            elif value is not None and cell.get("t", "n") == "n" and "." in (value.text or ""):
                value.text = f"{float(value.text or 0):.17g}"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x15"><x15ac:absPath url="C:\\表\\" '
        'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
    )
    book = package.tree("xl/workbook.xml")
    book.insert(1, etree.fromstring(choice))
    return package.save()


def _sheets(package: Package) -> Iterator[Any]:
    for name in package.parts:
        if name.startswith("xl/worksheets/sheet"):
            yield package.tree(name)


def _child(element: Any, tag: str) -> Any:
    found = element.find(f"{MAIN}{tag}")
    assert found is not None, tag
    return found


def _parent(element: Any) -> Any:
    parent = element.getparent()
    assert parent is not None
    return parent


def _locked(package: Package, cell: Any) -> bool:
    look = _child(package.tree("xl/styles.xml"), "cellXfs")[int(cell.get("s", "0"))]
    protection = look.find(f"{MAIN}protection")
    return protection is None or protection.get("locked", "1") != "0"


def _runs(sheet: Any) -> Iterator[list[Any]]:
    """Formulas that stand one under the other and are the same but for where they stand, two or more."""
    columns: dict[int, list[tuple[int, Any]]] = {}
    for cell in sheet.iter(f"{MAIN}c"):
        if cell.find(f"{MAIN}f") is not None:
            row, column = split_a1(cell.get("r"))
            columns.setdefault(column, []).append((row, cell))
    for cells in columns.values():
        run: list[Any] = []
        last = 0
        for row, cell in cells:
            if run and row == last + 1 and _filled_down(_child(run[-1], "f").text, _child(cell, "f").text):
                run.append(cell)
            else:
                if len(run) > 1:
                    yield run
                run = [cell]
            last = row
        if len(run) > 1:
            yield run


def _filled_down(above: str, below: str) -> bool:
    try:
        return shift(parse(above), 1, 0) == parse(below)
    except FormulaSyntaxError:
        return False
