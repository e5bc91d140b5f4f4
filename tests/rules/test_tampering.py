"""Every locked cell, tampered with in turn in four ways, is found at its place; what programs rewrite is not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from tests.support.base import Base, make_base, returned
from tests.support.packages import MAIN, Package
from xlsxeval.calc import AreaRef, CellRef, Node, parse, to_formula, transform
from xlsxeval.intake.cells import RawCell, RawStyle, RawWorkbook
from xlsxeval.intake.submission import Returned, read_returned
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address
from xlsxeval.resources import samples_directory
from xlsxeval.rules.registry import rules

Change = Callable[[RawCell], RawCell]
Found = set[tuple[str, str, str]]
"""Code, worksheet and cell."""

TAMPERING = [rule for rule in rules() if rule.code.startswith("T")]


@cache
def sample() -> Base:
    """A real department's workbook: six projects, given and free indicators."""
    folder = samples_directory() / "zhuzhou-2024"
    return make_base(folder, folder / "values" / "careful.yaml")


def tampering_found(back: Returned) -> Found:
    """What the rules about tampering find, and nothing of the other families."""
    hits = [(rule.code, hit) for rule in TAMPERING for hit in rule.check(back)]
    return {(code, hit.address.sheet, hit.address.a1) if hit.address else (code, "", "") for code, hit in hits}


# The four ways


def formula_to_constant(cell: RawCell) -> RawCell:
    """What “paste values” does: the formula goes, its value stays."""
    if cell.kind in ("", "e") or cell.text == "":
        return cell._replace(formula=None, kind="n", text="0", value=0.0)
    return cell._replace(formula=None)


def plus_nothing(cell: RawCell) -> RawCell:
    """Another formula with the same result."""
    tail = "+0" if cell.kind == "n" else '&""'
    return cell._replace(formula=f"({cell.formula}){tail}")


def another_range(cell: RawCell) -> RawCell:
    """A sum that leaves out its last line, a reference one row further down, another figure."""

    def astray(part: Node) -> Node | None:
        match part:
            case AreaRef() if part.first_row < part.last_row:
                return replace(part, last_row=part.last_row - 1)
            case AreaRef():
                return replace(part, last_row=part.last_row + 1)
            case CellRef():
                return replace(part, row=part.row + 1)
        return None

    tree = parse(str(cell.formula))
    changed = transform(tree, astray)
    return cell._replace(formula=to_formula(changed) if changed != tree else f"{cell.formula}+1")


def other_content(cell: RawCell) -> RawCell:
    """One more character, another figure, something where there was nothing."""
    if cell.kind == "n" and isinstance(cell.value, float):
        return cell._replace(text=f"{cell.value + 1:g}", value=cell.value + 1)
    text = f"{cell.text or ''}。"
    return cell._replace(kind="s", text=text, value=text)


def changed_format(style: RawStyle) -> RawStyle:
    return replace(style, number_format="0.0" if style.number_format == "General" else f"{style.number_format}0")


# A few cells of every worksheet at a time

ROUNDS = 40


def rounds(cells: list[PlacedCell]) -> Iterator[list[Address]]:
    """Takes the cells in turn, of every worksheet so many at a time that all have their turn in the end.

    A sheet with fewer cells than there are rounds has one of them tampered with at a time, a large one a few that lie
    far apart.
    """
    by_sheet: dict[str, list[Address]] = {}
    for cell in cells:
        by_sheet.setdefault(cell.address.sheet, []).append(cell.address)
    for number in range(ROUNDS):
        chosen = [address for addresses in by_sheet.values() for address in addresses[number::ROUNDS]]
        if chosen:
            yield chosen


def locked_cells(*, formulas: bool | None = None) -> list[PlacedCell]:
    cells = [cell for cell in sample().layout.cells.values() if cell.locked]
    return cells if formulas is None else [cell for cell in cells if (cell.formula is not None) == formulas]


def tampered(raw: RawWorkbook, addresses: list[Address], change: Change) -> RawWorkbook:
    """The workbook with these cells changed."""
    by_sheet: dict[str, list[tuple[int, int]]] = {}
    for address in addresses:
        by_sheet.setdefault(address.sheet, []).append((address.row, address.column))
    sheets = []
    for sheet in raw.sheets:
        changed = {key: change(sheet.cells[key]) for key in by_sheet.get(sheet.name, ())}
        sheets.append(replace(sheet, cells={**sheet.cells, **changed}))
    return replace(raw, sheets=tuple(sheets))


def sweep(cells: list[PlacedCell], change: Change, code: str, raw: RawWorkbook | None = None) -> None:
    base = sample()
    whole = returned(base.raw, base.context, base.layouts).submission
    assert whole is not None
    right = whole.recomputed
    number = 0
    for addresses in rounds(cells):
        number += len(addresses)
        back = returned(tampered(raw or base.raw, addresses, change), base.context, base.layouts)
        assert back.submission is not None
        vars(back.submission)["recomputed"] = (
            right  # the inputs are the same: what follows from them is worked out once
        )
        assert tampering_found(back) == {(code, address.sheet, address.a1) for address in addresses}
    assert number == len(cells)


def test_nothing_is_found_in_the_workbook_as_it_is() -> None:
    base = sample()
    assert tampering_found(returned(base.raw, base.context, base.layouts)) == set()


def test_every_locked_cell_is_swept() -> None:
    assert len(locked_cells()) > 1800
    assert len(locked_cells(formulas=True)) > 700


def test_every_formula_turned_into_a_constant_is_found() -> None:
    sweep(locked_cells(formulas=True), formula_to_constant, "T101")


@pytest.mark.parametrize("change", [plus_nothing, another_range])
def test_every_changed_formula_is_found(change: Change) -> None:
    sweep(locked_cells(formulas=True), change, "T102")


def test_every_changed_label_and_given_value_is_found() -> None:
    sweep(locked_cells(formulas=False), other_content, "T132")


def test_every_changed_number_format_is_found() -> None:
    raw = sample().raw
    doubled = replace(raw, styles=(*raw.styles, *(changed_format(style) for style in raw.styles)))
    sweep(
        locked_cells(),
        lambda cell: cell._replace(style=cell.style + len(raw.styles)),
        "T135",
        doubled,
    )


# What programs and people rewrite without changing anything


def lower_case(formula: str) -> str:
    return formula.lower()


def spaced(formula: str) -> str:
    """Excel allows blanks everywhere but between a function and its parenthesis."""
    return re.sub(r"([,)])", r" \1 ", formula).replace("(", "( ")


def absolute(formula: str) -> str:
    return re.sub(r"(?<![A-Za-z.])([A-Z]{1,2})([0-9]+)(?![0-9(])", r"$\1$\2", formula)


def prefixed(formula: str) -> str:
    return re.sub(r"(?<![A-Za-z.])([A-Z]{2,}\()", r"_xlfn.\1", formula)


def in_parentheses(formula: str) -> str:
    return f"(({formula}))"


def outside_strings(rewrite: Callable[[str], str], formula: str) -> str:
    """The formula rewritten, texts in quotation marks and names of worksheets left alone."""
    if rewrite is in_parentheses:
        return rewrite(formula)
    parts = re.split(r"""("(?:[^"]|"")*"|'[^']*'!)""", formula)
    return "".join(part if number % 2 else rewrite(part) for number, part in enumerate(parts))


@pytest.mark.parametrize("rewrite", [lower_case, spaced, absolute, prefixed, in_parentheses])
def test_a_formula_written_differently_is_no_change(rewrite: Callable[[str], str]) -> None:
    base = sample()
    sheets, rewritten = [], 0
    for sheet in base.raw.sheets:
        cells = dict(sheet.cells)
        for key, cell in sheet.cells.items():
            if cell.formula is not None:
                cells[key] = cell._replace(formula=outside_strings(rewrite, cell.formula))
                rewritten += cells[key].formula != cell.formula
        sheets.append(replace(sheet, cells=cells))
    assert rewritten > 500
    assert tampering_found(returned(replace(base.raw, sheets=tuple(sheets)), base.context, base.layouts)) == set()


@pytest.mark.parametrize("code", ["[$-804]{}", '"{}"', "{};@"])
def test_number_formats_that_programs_rewrite_are_no_change(code: str) -> None:
    """Only the marks around a format that shows the same: a language, quotation marks around nothing new, text as is."""
    base = sample()
    styles = [
        style if style.number_format == "General" else replace(style, number_format=rewritten_format(code, style))
        for style in base.raw.styles
    ]
    assert tampering_found(returned(replace(base.raw, styles=tuple(styles)), base.context, base.layouts)) == set()


def rewritten_format(code: str, style: RawStyle) -> str:
    if code == '"{}"':
        return style.number_format.replace("年", '"年"').replace("%", "\\%")
    return code.format(style.number_format)


# The same on the bytes of a workbook


def child(element: etree._Element, tag: str) -> etree._Element:
    found = element.find(f"{MAIN}{tag}")
    assert found is not None
    return found


def xml_constant(package: Package, address: Address) -> None:
    """The formula element goes, the stored value stays; an empty one becomes 0."""
    cell = package.cell(address)
    cell.remove(child(cell, "f"))
    value = cell.find(f"{MAIN}v")
    if value is None or not value.text:
        cell[:] = []
        cell.set("t", "n")
        etree.SubElement(cell, f"{MAIN}v").text = "0"


def xml_formula(package: Package, address: Address) -> None:
    formula = child(package.cell(address), "f")
    formula.text = f"({formula.text})+0"


def xml_content(package: Package, address: Address) -> None:
    cell = package.cell(address)
    cell[:] = []
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = "改过的文字"


def xml_format(package: Package, address: Address) -> None:
    """The cell gets a copy of its format with a number format that nobody else has."""
    styles = package.tree("xl/styles.xml")
    formats = child(styles, "numFmts")
    etree.SubElement(formats, f"{MAIN}numFmt", numFmtId="199", formatCode="0.0000")
    cell, looks = package.cell(address), child(styles, "cellXfs")
    look = deepcopy(looks[int(cell.get("s", "0"))])
    look.set("numFmtId", "199")
    look.set("applyNumberFormat", "1")
    looks.append(look)
    cell.set("s", str(len(looks) - 1))


def one_of_every_sheet(cells: list[PlacedCell], seed: int) -> list[PlacedCell]:
    by_sheet: dict[str, list[PlacedCell]] = {}
    for cell in cells:
        by_sheet.setdefault(cell.address.sheet, []).append(cell)
    return [random.Random(seed).choice(found) for found in by_sheet.values()]


XML_WAYS = [
    (xml_constant, "T101", True, 1),
    (xml_formula, "T102", True, 2),
    (xml_content, "T132", False, 3),
    (xml_format, "T135", None, 4),
]


@pytest.mark.parametrize(
    ("change", "code", "formulas", "seed"), XML_WAYS, ids=lambda value: getattr(value, "__name__", None)
)
def test_bytes_that_were_tampered_with(
    change: Callable[[Package, Address], None], code: str, formulas: bool | None, seed: int
) -> None:
    base = sample()
    for cell in one_of_every_sheet(locked_cells(formulas=formulas), seed):
        package = Package(base.data)
        change(package, cell.address)
        back = read_returned("tampered.xlsx", package.save(), base.context, base.layouts)
        assert tampering_found(back) == {(code, cell.address.sheet, cell.address.a1)}
