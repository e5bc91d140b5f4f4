"""Returned workbooks that were tampered with or filled in badly, made on the bytes of a careful unit's return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from tests.intake.ooxml import workbook
from tests.support.base import KEY, Base, base
from tests.support.packages import MAIN, Package
from xlsxeval.forms.seal import Seal, make_seal
from xlsxeval.model import Address, split_a1
from xlsxeval.workbook import fill_workbook, workbook_bytes


@dataclass(frozen=True)
class Return:
    """One bad return: its name, every code that is found in it, and how to make its bytes."""

    name: str
    codes: frozenset[str]
    make: Callable[[], bytes]


RETURNS: list[Return] = []


def _found(*codes: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        RETURNS.append(Return(make.__name__, frozenset(codes), make))
        return make

    return register


def _changed(*codes: str) -> Callable[[Callable[[Package], None]], Callable[[Package], None]]:
    """The same for what is done to the careful return's parts."""

    def register(change: Callable[[Package], None]) -> Callable[[Package], None]:
        def make() -> bytes:
            package = Package(base().data)
            change(package)
            return package.save()

        RETURNS.append(Return(change.__name__, frozenset(codes), make))
        return change

    return register


def _cell(package: Package, place: str) -> Any:
    sheet, _, a1 = place.partition("!")
    return package.cell(Address(sheet, *split_a1(a1)))


def _write(package: Package, place: str, kind: str, text: str | None, formula: str | None = None) -> None:
    """What stands in a cell: its type, its value, its formula."""
    cell = _cell(package, place)
    cell[:] = []
    cell.set("t", kind)
    if formula is not None:
        etree.SubElement(cell, f"{MAIN}f").text = formula
    if text is not None and kind == "inlineStr":
        etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = text
    elif text is not None:
        etree.SubElement(cell, f"{MAIN}v").text = text


def _under(seal: Callable[[Base], Seal]) -> bytes:
    """The careful return under another seal."""
    made = base()
    blank = workbook_bytes(made.layout, seal(made), "password")
    return fill_workbook(blank, made.layout, made.values, made.layout.compute(made.values))


# Whose it is


@_found("I001")
def no_form_of_ours() -> bytes:
    return workbook()


@_found("I003")
def of_another_campaign() -> bytes:
    return _under(lambda made: make_seal(replace(made.campaign, id="other-2019"), made.unit, made.edition, KEY))


@_found("I002")
def of_an_edition_that_nobody_knows() -> bytes:
    return _under(lambda made: make_seal(made.campaign, made.unit, replace(made.edition, id="nowhere-2019"), KEY))


@_found("I011")
def of_a_version_no_longer_taken_back() -> bytes:
    return _under(lambda made: make_seal(made.campaign, made.unit, replace(made.edition, version=0), KEY))


@_found("I020")
def seal_of_another_key() -> bytes:
    return _under(lambda made: make_seal(made.campaign, made.unit, made.edition, b"another key of thirty-two bytes."))


# What was locked


@_changed("T001")
def protection_taken_off(package: Package) -> None:
    for name in base().layout.sheets:
        root = package.tree(package.sheet_part(name.name))
        for lock in root.findall(f"{MAIN}sheetProtection"):
            root.remove(lock)


@_changed("T101")
def constant_over_a_formula(package: Package) -> None:
    cell = _cell(package, "附件1!F5")
    cell.remove(cell.find(f"{MAIN}f"))


@_changed("T102")
def formula_changed(package: Package) -> None:
    formula = _cell(package, "附件1!F5").find(f"{MAIN}f")
    formula.text = f"({formula.text})+0"


@_changed()
def formula_in_other_spelling(package: Package) -> None:
    formula = _cell(package, "附件1!F5").find(f"{MAIN}f")
    formula.text = f" {formula.text.lower()} "


@_changed("C102")
def stored_value_edited(package: Package) -> None:
    _cell(package, "附件1!F5").find(f"{MAIN}v").text = "123456"


@_changed("C103")
def error_in_the_place_of_a_result(package: Package) -> None:
    cell = _cell(package, "附件1!F5")
    cell.set("t", "e")
    cell.find(f"{MAIN}v").text = "#DIV/0!"


@_changed("C001")
def no_stored_values(package: Package) -> None:
    for sheet in base().layout.sheets:
        for cell in package.tree(package.sheet_part(sheet.name)).iter(f"{MAIN}c"):
            if cell.find(f"{MAIN}f") is not None:
                for value in cell.findall(f"{MAIN}v"):
                    cell.remove(value)


@_changed("T132")
def label_changed(package: Package) -> None:
    _write(package, "附件1!A1", "inlineStr", "附件9")


@_changed("T120", "T102")
def worksheet_renamed(package: Package) -> None:
    """Only its name, as a script does it: the formulas that name it stay behind."""
    _sheet(package, "附件5").set("name", "附件五")


@_changed("T121")
def worksheet_hidden(package: Package) -> None:
    _sheet(package, "附件5").set("state", "hidden")


@_changed("T145")
def manual_calculation(package: Package) -> None:
    for calculation in package.tree("xl/workbook.xml").iter(f"{MAIN}calcPr"):
        calculation.set("calcMode", "manual")


@_changed("T133")
def name_that_is_a_function(package: Package) -> None:
    book = package.tree("xl/workbook.xml")
    names = book.find(f"{MAIN}definedNames")
    if names is None:
        names = etree.Element(f"{MAIN}definedNames")
        book.insert(list(book).index(book.find(f"{MAIN}sheets")) + 1, names)  # type: ignore[arg-type]
    etree.SubElement(names, f"{MAIN}definedName", name="SUM").text = "附件1!$A$1"


def _sheet(package: Package, name: str) -> Any:
    return next(sheet for sheet in package.tree("xl/workbook.xml").iter(f"{MAIN}sheet") if sheet.get("name") == name)


# What was filled in


@_changed("V001")
def number_as_full_width_text(package: Package) -> None:
    shown = _cell(package, "附件1!B7").find(f"{MAIN}v").text
    wide = shown.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789."})
    _write(package, "附件1!B7", "inlineStr", wide)


@_changed("V002")
def number_with_its_unit(package: Package) -> None:
    _write(package, "附件1!B7", "inlineStr", "约12万元")


@_changed("V003")
def infinite_amount(package: Package) -> None:
    _write(package, "附件1!B7", "n", "1E400")


@_changed("V040")
def required_blank_filled_with_blanks(package: Package) -> None:
    _write(package, "附件1!B3", "inlineStr", "\u3000 ")


@_changed("V041")
def program_started_from_an_input(package: Package) -> None:
    _write(package, "附件1!B7", "n", "0", "cmd|'/c calc'!A1")


@_changed("V041")
def address_fetched_from_an_input(package: Package) -> None:
    _write(package, "附件1!B7", "n", "0", '_xlfn.WEBSERVICE("http://example.invalid/")')
