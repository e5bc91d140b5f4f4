"""The drawn form against LibreOffice's own HTML of the same workbook, cell by cell; its marks, hidden rows and joined lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest
from lxml import html

from tests.support.office import convert_all
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.layout import Layout
from xlsxeval.resources import page_templates, templates_directory
from xlsxeval.workbook import workbook_bytes
from xlsxeval.workbook.drawing import DrawnSheet, draw, findings_by_cell

LIBRARY = Library(templates_directory())
EDITIONS = LIBRARY.editions()
_BLANK = "#FFFFFF"
_UNIT = 4 / 3
"""LibreOffice's page has columns a third wider than Excel shows them: what is compared is their proportion."""
_NEAR = 2
"""Pixels by which LibreOffice rounds widths otherwise."""


@dataclass(frozen=True)
class Cell:
    """A cell of a page; ``ground`` is its colour."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    ground: str


@cache
def grounds() -> dict[str, str]:
    """Ground colours by the class names of the drawing's style sheet."""
    style = (page_templates(templates_directory()) / "sheets.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selectors, colour in re.findall(r"([^{}]+)\{[^}]*background: (#[0-9a-f]{6})", style):
        for name in re.findall(r"\.form \.([\w-]+)", selectors):
            found.setdefault(name, colour.upper())
    return found


@cache
def pages() -> dict[str, list[html.HtmlElement]]:
    """The tables of LibreOffice's page of every edition's workbook, one start of the program for all."""
    made = convert_all([workbook_bytes(layout(name), seal(name), "") for name in EDITIONS], ".xlsx", "html")
    return {
        name: html.fromstring(page.decode("utf-8")).xpath("//table[colgroup]")
        for name, page in zip(EDITIONS, made, strict=True)
    }


@cache
def layout(name: str) -> Layout:
    return example_layout(LIBRARY.edition(name))


def seal(name: str):  # type: ignore[no-untyped-def]
    one = layout(name)
    return make_seal(one.campaign, one.unit, one.edition, b"k" * 32)


@cache
def drawn(name: str) -> tuple[DrawnSheet, ...]:
    one = layout(name)
    return draw(one, {}, one.compute({}))


def of_office(table: html.HtmlElement, width: int) -> list[Cell]:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(table.xpath("./tr"), start=1):
        column = 1
        for cell in line.xpath("./td"):
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", "1")), int(cell.get("colspan", "1"))
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            if column <= width:
                cells.append(Cell(row, column, rows, columns, words(cell.text_content()), cell.get("bgcolor", _BLANK)))
            column += columns
    return cells


def of_drawing(sheet: DrawnSheet) -> list[Cell]:
    found = []
    for row in sheet.rows:
        for cell in row.cells:
            if cell is not None:
                ground = next((grounds()[look] for look in reversed(cell.looks) if look in grounds()), _BLANK)
                at = cell.address
                found.append(Cell(at.row, at.column, cell.rows, cell.columns, words(cell.text), ground))
    return found


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", EDITIONS)
def test_every_cell_is_drawn_as_an_office_program_draws_it(name: str) -> None:
    """Takes some seconds: LibreOffice is started once, for all editions."""
    tables = pages()[name]
    sheets = drawn(name)
    assert len(tables) == len(sheets)
    for sheet, table in zip(sheets, tables, strict=False):
        office = {(cell.row, cell.column): cell for cell in of_office(table, len(sheet.widths))}
        for cell in of_drawing(sheet):
            assert office.get((cell.row, cell.column)) == cell, (sheet.name, cell.row, cell.column)
        widths = [int(one.get("width")) for one in table.xpath("./colgroup") for _ in range(int(one.get("span", "1")))]
        for mine, theirs in zip(sheet.widths, widths, strict=False):
            assert abs(mine * _UNIT - theirs) <= _NEAR, (sheet.name, sheet.widths, widths)


@pytest.mark.parametrize("name", EDITIONS)
def test_merged_cells_cover_each_place_once(name: str) -> None:
    for sheet in drawn(name):
        for row in sheet.rows:
            assert all(cell is None or cell.address.row == row.number for cell in row.cells)
        covered = [
            (cell.row + down, cell.column + right)
            for cell in of_drawing(sheet)
            for down in range(cell.rows)
            for right in range(cell.columns)
        ]
        assert len(covered) == len(set(covered))


def test_a_cell_has_the_mark_of_its_gravest_finding() -> None:
    one = layout("hunan-2024")
    at = next(one.inputs()).address
    marks = findings_by_cell([(at, "info"), (None, "error"), (at, "error"), (at, "settled")])
    assert (marks[at].name, marks[at].numbers) == ("error", (1, 3, 4))
    cells = [
        cell for sheet in draw(one, {}, one.compute({}), marks) for row in sheet.rows for cell in row.cells if cell
    ]
    (marked,) = [cell for cell in cells if cell.marks]
    assert marked.address == at
    assert {"marked", "mark-error"} <= set(marked.looks)


def test_hidden_free_lines_are_left_out_unless_they_are_used_or_marked() -> None:
    one = layout("hunan-2024")
    sheet = next(sheet for sheet in one.sheets if any(not block.given and block.lines > 2 for block in sheet.blocks))
    block = next(block for block in sheet.blocks if not block.given and block.lines > 2)
    rows = list(block.rows)
    hidden = {(sheet.name, row) for row in rows[1:]}

    def shown(values, marks) -> set[int]:  # type: ignore[no-untyped-def]
        found = next(
            drawn for drawn in draw(one, values, one.compute(values), marks, hidden) if drawn.name == sheet.name
        )
        return {row.number for row in found.rows} & set(rows)

    cell = next(cell for cell in one.inputs() if cell.address.sheet == sheet.name and cell.address.row == rows[2])
    assert shown({}, {}) == {rows[0]}
    assert shown({cell.address: "甲"}, {}) == {rows[0], rows[2]}
    assert shown({}, findings_by_cell([(cell.address, "error")])) == {rows[0], rows[2]}
