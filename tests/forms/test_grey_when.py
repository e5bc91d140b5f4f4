"""``grey_when``: cells that turn grey, and inputs that then are not required."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.forms.inline import Desk, cell, spot
from xlsxeval.calc import Scalar, to_formula
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.layout.layout import SELF_CHECK_SHEET, CellKind, Layout
from xlsxeval.model import Address
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import workbook_bytes

FORM = """
    form: f
    attachment: 附件4
    columns: [10, 10, 10]
    grey_when: status="无"
    grid:
      - [单位, $unit.name, $status]
      - [名称, 金额, 合计]
      - repeat: lines
        lines: 2
        line: [$name, $amount, ~]
      - [说明, $note, $total]
    fields:
      unit.name: {label: 单位, given: unit.name}
      status: {label: 有无, type: choice, choices: [有, 无], required: true}
      lines.name: {label: 名称, required: true}
      lines.amount: {label: 金额, type: money, required: true}
      note: {label: 说明, required: true}
      total: {label: 合计, type: money, formula: SUM(lines.amount)}
    """


def _grey(layout: Layout) -> dict[str, str]:
    return {c.address.a1: to_formula(c.grey) for c in layout.cells.values() if c.grey is not None}


def test_inputs_and_computed_cells_turn_grey_but_not_what_the_formula_names(desk: Desk) -> None:
    desk.form(FORM)
    assert _grey(desk.layout()) == dict.fromkeys(("A3", "B3", "A4", "B4", "B5", "C5"), 'C1="无"')


def test_a_field_may_have_its_own(desk: Desk) -> None:
    desk.form(FORM.replace("note: {label: 说明,", "note: {label: 说明, grey_when: total=0,"))
    grey = _grey(desk.layout())
    assert (grey["B5"], grey["C5"]) == ("C5=0", 'C1="无"')


def test_a_field_that_says_false_never_turns_grey(desk: Desk) -> None:
    desk.form(FORM.replace("total: {label: 合计,", "total: {label: 合计, grey_when: 'FALSE',"))
    assert "C5" not in _grey(desk.layout())


@pytest.mark.parametrize(
    ("typed", "blanks", "status"),
    [
        pytest.param({}, {"C1", "B5"}, "✗ 未填 2 处", id="nothing filled in"),
        pytest.param({"C1": "无"}, set(), "✓ 通过", id="grey"),
        pytest.param({"C1": "有", "A3": "甲"}, {"B3", "B5"}, "✗ 未填 2 处", id="not grey, a line begun"),
        pytest.param({"C1": "无", "A3": "甲"}, set(), "✓ 通过", id="grey, a line begun"),
    ],
)
def test_grey_cells_are_not_required(desk: Desk, typed: dict[str, Scalar], blanks: set[str], status: str) -> None:
    desk.form(FORM)
    campaign, edition = desk.load()
    layout = desk.layout()
    inputs = {cell(layout, a1).address: value for a1, value in typed.items()}
    seal = make_seal(campaign, campaign.units[0], edition, b"key")
    data = workbook_bytes(layout, seal, "password", inputs)
    found = judge(read_returned("f.xlsx", data, Context(desk.library), Layouts())).findings
    assert {finding.place.cell for finding in found if finding.code == "V040"} == blanks
    assert layout.compute(inputs)[Address(SELF_CHECK_SHEET, 5, 4)] == status


def test_the_workbook_has_one_conditional_format_over_all_grey_cells(desk: Desk) -> None:
    desk.form(FORM)
    campaign, edition = desk.load()
    data = workbook_bytes(desk.layout(), make_seal(campaign, campaign.units[0], edition, b"key"), "password")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<conditionalFormatting") == 1
    assert '<conditionalFormatting sqref="A3:A4 B3:B5 C5:C5">' in page
    assert '<formula>$C$1="无"</formula>' in page


def test_a_form_that_the_unit_lacks_makes_nothing_grey(desk: Desk) -> None:
    desk.edition("edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n")
    desk.form(FORM.replace('status="无"', 'g!x="无"'))
    desk.form("form: g\nattachment: 附件5\ncolumns: [9]\ngrid: [[$x]]\nfields: {x: {label: 甲}}\n", "g/v")
    assert set(_grey(desk.layout()).values()) == {'附件5!A1="无"'}
    desk.campaign(desk.campaign().read_text(encoding="utf-8") + "    forms: [f]\n")
    layout = desk.layout()
    assert not _grey(layout)
    assert not layout.greys


def test_what_cannot_be_read_is_told_at_its_place(desk: Desk) -> None:
    path = desk.form(FORM.replace('status="无"', 'statsu="无"'))
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "grey_when"))
    assert "statsu" in message


def test_a_cell_that_turns_grey_is_still_an_input(desk: Desk) -> None:
    desk.form(FORM)
    assert cell(desk.layout(), "B5").kind is CellKind.INPUT
