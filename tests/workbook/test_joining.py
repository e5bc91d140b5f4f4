"""Free lines of one class look like one merged cell: the conditional formats, computed as a spreadsheet program would."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.forms.inline import Desk
from tests.forms.test_carried import FORM, GIVEN, WRITTEN, Lines, typed
from xlsxeval.calc import compile_formulas, parse, shift
from xlsxeval.forms.seal import make_seal
from xlsxeval.layout.layout import Layout
from xlsxeval.model import Address
from xlsxeval.workbook import workbook_bytes
from xlsxeval.workbook.styles import BORDER_COLOUR, INPUT_COLOUR

HIDDEN, LINE = INPUT_COLOUR.removeprefix("#"), BORDER_COLOUR.removeprefix("#")
FAR = 50
"""A column in which no form has anything."""

Looks = dict[str, tuple[bool, bool, bool]]
"""Cell → whether its text, its upper and its lower line are hidden."""


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.edition()
    desk.campaign()
    desk.form(FORM)
    return desk


def looks(layout: Layout, lines: Lines) -> Looks:
    """How the cells with conditional formats look: the first of the rules that is true counts."""
    seal = make_seal(layout.campaign, layout.unit, layout.edition, b"k" * 32)
    data = workbook_bytes(layout, seal, "password", typed(lines))
    page = openpyxl.load_workbook(io.BytesIO(data))["附件1"]
    found: Looks = {}
    for area in page.conditional_formatting:
        if not area.rules[0].dxf.border:
            continue
        cells = [row[0] for row in page[str(area.sqref)]]
        for down, cell in enumerate(cells):
            found[cell.coordinate] = (False, False, False)
            for rule in sorted(area.rules, key=lambda rule: rule.priority):
                if _true(layout, lines, rule.formula[0], cell.row, down):
                    found[cell.coordinate] = _hidden(rule.dxf)
                    break
    return found


def _true(layout: Layout, lines: Lines, formula: str, row: int, down: int) -> bool:
    at = Address("附件1", row, FAR)
    formulas = {address: cell.formula for address, cell in layout.cells.items() if cell.formula is not None}
    program = compile_formulas({**formulas, at: shift(parse(formula), down, 0)}, sheets=[s.name for s in layout.sheets])
    return program.run({**layout.fixed_values, **typed(lines)})[at] is True


def _hidden(style: openpyxl.styles.differential.DifferentialStyle) -> tuple[bool, bool, bool]:
    sides = [getattr(style.border, side).color.rgb[2:] for side in ("top", "bottom", "left", "right")]
    assert set(sides) <= {HIDDEN, LINE}
    assert sides[2:] == [LINE, LINE]
    text = style.font is not None and style.font.color.rgb[2:] == HIDDEN
    return text, sides[0] == HIDDEN, sides[1] == HIDDEN


@pytest.mark.parametrize("lines", WRITTEN.values(), ids=WRITTEN)
def test_what_repeats_the_class_above_is_not_shown(desk: Desk, lines: Lines) -> None:
    plain, first, middle, last = (False, False, False), (False, False, True), (True, True, True), (True, True, False)
    assert looks(desk.layout(), lines) == {
        "A2": first,
        "A3": middle,
        "A4": last,
        "A5": plain,
        "A6": plain,
        "B2": first,
        "B3": last,
        "B4": plain,
        "B5": plain,
        "B6": plain,
    }


def test_equal_second_classes_of_two_first_ones_stay_apart(desk: Desk) -> None:
    found = looks(desk.layout(), [("产出", "数量"), ("效益", "数量")])
    assert set(found.values()) == {(False, False, False)}


def test_given_lines_are_merged_and_need_none(desk: Desk) -> None:
    desk.campaign(GIVEN)
    assert looks(desk.layout(), []) == {}
