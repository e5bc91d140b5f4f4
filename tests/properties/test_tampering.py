"""Whatever the form, a change to any locked cell is found at that cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.properties.filled import PROFILE, Filled, filled
from tests.rules.test_tampering import xml_constant, xml_content, xml_format, xml_formula
from tests.support.packages import MAIN, Package
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address

Change = Callable[[Package, Address], None]


def xml_merge(package: Package, address: Address) -> None:
    """The cell is merged with the one below."""
    sheet = package.tree(package.sheet_part(address.sheet))
    merges = sheet.find(f"{MAIN}mergeCells")
    if merges is None:
        merges = etree.Element(f"{MAIN}mergeCells")
        _child(sheet, "sheetData").addnext(merges)
    below = Address(address.sheet, address.row + 1, address.column)
    etree.SubElement(merges, f"{MAIN}mergeCell", ref=f"{address.a1}:{below.a1}")


def xml_unlock(package: Package, address: Address) -> None:
    """The cell gets a copy of its format that is not locked."""
    looks = _child(package.tree("xl/styles.xml"), "cellXfs")
    cell = package.cell(address)
    look = etree.fromstring(etree.tostring(looks[int(cell.get("s", "0"))]))
    for old in look.findall(f"{MAIN}protection"):
        look.remove(old)
    etree.SubElement(look, f"{MAIN}protection", locked="0")
    looks.append(look)
    cell.set("s", str(len(looks) - 1))


def xml_gone(package: Package, address: Address) -> None:
    """The cell is emptied."""
    cell = package.cell(address)
    cell[:] = []
    cell.attrib.pop("t", None)


def _child(element: Any, tag: str) -> Any:
    found = element.find(f"{MAIN}{tag}")
    assert found is not None, tag
    return found


def ways(cell: PlacedCell) -> dict[Change, str]:
    """What can be done to a locked cell, and the rule that must tell it."""
    found: dict[Change, str] = {xml_format: "T135", xml_unlock: "T003"}
    if cell.formula is not None:
        found |= {xml_constant: "T101", xml_formula: "T102", xml_gone: "T101"}
    else:
        found[xml_content] = "T132"
        if cell.value not in (None, ""):
            found[xml_gone] = "T132"
    if cell.rows == cell.columns == 1:
        found[xml_merge] = "T131"
    return found


def tampered(made: Filled, dice: random.Random) -> tuple[str, PlacedCell, bytes]:
    """One locked cell changed in one way, and the code that must stand there."""
    cell = dice.choice([cell for cell in made.layout.cells.values() if cell.locked])
    change, code = dice.choice(list(ways(cell).items()))
    package = Package(made.data)
    change(package, cell.address)
    return code, cell, package.save()


@settings(PROFILE, max_examples=40)
@given(st.integers(0, 10**6))
def test_a_changed_locked_cell_is_found_where_it_is(number: int) -> None:
    dice = random.Random(number)
    made = filled(dice)
    for _ in range(6):
        code, cell, data = tampered(made, dice)
        found = [(told, sheet, a1) for told, sheet, a1, *_ in made.told(data)]
        assert (code, cell.address.sheet, cell.address.a1) in found
