"""Fields: input, given or computed, and what each type brings with it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.forms.inline import CAMPAIGN, Desk, cell, spot
from xlsxeval.forms.types import TYPES
from xlsxeval.forms.values import EPOCH
from xlsxeval.layout.layout import CellKind

ONE_FIELD = """\
form: f
attachment: 附件1
columns: [10]
grid: [[$x]]
fields:
  x: {%s}
"""


def test_a_field_is_an_input_unless_it_is_given_or_computed(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10, 10]
        grid: [[$name, $posts, $twice]]
        fields:
          name: {label: 单位, given: unit.name}
          posts: {label: 编制数, type: count}
          twice: {label: 两倍, type: count, formula: posts*2}
        """)
    layout = desk.layout()
    name, posts, twice = (cell(layout, a1) for a1 in ("A1", "B1", "C1"))
    assert (name.kind, name.value, name.locked) == (CellKind.GIVEN, "某某局", True)
    assert (posts.kind, posts.value, posts.locked) == (CellKind.INPUT, None, False)
    assert (twice.kind, twice.locked) == (CellKind.COMPUTED, True)
    assert layout.compute({posts.address: 21.0})[twice.address] == 42


def test_a_value_that_the_campaign_gives_is_locked(desk: Desk) -> None:
    desk.form(ONE_FIELD % "label: 上年决算数, type: money")
    desk.campaign(CAMPAIGN + "    given:\n      f: {x: '1,234.50'}\n")
    found = cell(desk.layout(), "A1")
    assert (found.kind, found.value, found.look.role) == (CellKind.GIVEN, 1234.5, "given")


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("unit.code", "001"),
        ("unit.name", "某某局"),
        ("campaign.department", "某某市财政局"),
        ("year", 2024.0),
        ("campaign.deadline", float((dt.date(2025, 5, 31) - EPOCH).days)),
        ("parameters.weight.execution", 10.0),
    ],
)
def test_a_field_can_be_given_by_the_campaign_or_the_edition(desk: Desk, source: str, value: object) -> None:
    desk.edition("""
        edition: e
        title: 测试版本
        forms: [f/v]
        parameters:
          weight.execution: {value: 10, basis: 某文件}
        """)
    desk.form(ONE_FIELD % f"label: 甲, given: {source}")
    found = cell(desk.layout(), "A1")
    assert (found.kind, found.value) == (CellKind.GIVEN, value)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_brings_its_number_format_and_bounds(desk: Desk, name: str) -> None:
    extra = ", choices: [甲]" if name == "choice" else ""
    desk.form(ONE_FIELD % f"label: 甲, type: {name}{extra}")
    found = cell(desk.layout(), "A1")
    assert found.slot is not None
    assert found.slot.field.type is TYPES[name]
    assert found.look.number_format == TYPES[name].number_format
    assert (found.slot.field.minimum, found.slot.field.maximum) == (TYPES[name].minimum, TYPES[name].maximum)


def test_a_field_may_narrow_what_its_type_allows(desk: Desk) -> None:
    desk.form(ONE_FIELD % "label: 甲, type: money, min: 5, max: 7.5, format: '0.0', align: right")
    found = cell(desk.layout(), "A1")
    assert found.slot is not None
    assert (found.slot.field.minimum, found.slot.field.maximum) == (5, 7.5)
    assert (found.look.number_format, found.look.align) == ("0.0", "right")


def test_choices_may_be_numbers_in_the_yaml(desk: Desk) -> None:
    desk.form(ONE_FIELD % "label: 年度, type: choice, choices: [2023, 2024]")
    found = cell(desk.layout(), "A1")
    assert found.slot is not None
    assert found.slot.field.choices == ("2023", "2024")


FORM = ("templates/forms/f/v.yaml",)


@pytest.mark.parametrize(
    ("field", "at", "words"),
    [
        pytest.param(
            "label: 甲, given: unit.nmae", "x:", ["unit.nmae", "是不是「unit.name」"], id="nothing of that name"
        ),
        pytest.param("label: 甲, given: unit.name, formula: 1+1", "x:", ["公式", "给定"], id="given and computed"),
        pytest.param("label: 甲, type: choice", "x:", ["choices"], id="choice without choices"),
        pytest.param("label: 甲, type: mony", "type:", ["mony", "是不是「money」"], id="unknown type"),
        pytest.param("label: 甲, requird: true", "requird", ["requird", "是不是「required」"], id="unknown key"),
        pytest.param("type: text", "x:", ["label"], id="no label"),
        pytest.param("label: 甲, lines: 许多", "lines:", ["lines", "整数"], id="not a number"),
        pytest.param("label: 甲, formula: '1+'", "formula:", ["公式"], id="formula that breaks off"),
        pytest.param("label: 甲, formula: 'IF(1,2'", "formula:", ["公式"], id="bracket not closed"),
        pytest.param("label: 甲, formula: SUMM(1)", "formula:", ["SUMM"], id="unknown function"),
        pytest.param("label: 甲, formula: y+1", "formula:", ["「y」"], id="unknown field"),
        pytest.param("label: 甲, formula: ff!x", "formula:", ["「ff」", "是不是「f」"], id="unknown form"),
        pytest.param("label: 甲, formula: edition!rate", "formula:", ["edition!rate"], id="unknown parameter"),
        pytest.param("label: 甲, formula: campaign!yaer", "formula:", ["是不是「year」"], id="unknown campaign value"),
    ],
)
def test_a_faulty_field_is_told_at_its_place(desk: Desk, field: str, at: str, words: list[str]) -> None:
    path = desk.form(ONE_FIELD % field)
    place, message = desk.only_problem()
    assert place == (*FORM, *spot(path, at))
    for word in words:
        assert word in message


@pytest.mark.parametrize("name", ["q1", "AB12", "funds.x1"])
def test_a_name_that_looks_like_a_cell_is_refused(desk: Desk, name: str) -> None:
    path = desk.form(ONE_FIELD.replace("$x", f"${name}").replace("x:", f"{name}:") % "label: 甲")
    place, message = desk.only_problem()
    assert place == (*FORM, *spot(path, f"{name}:"))
    assert name in message


@pytest.mark.parametrize("name", ["1a", "a-b", "a..b", "a b"])
def test_a_name_that_no_formula_could_use_is_refused(desk: Desk, name: str) -> None:
    path = desk.form(f"form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[甲]]\nfields:\n  {name}: {{label: 甲}}\n")
    places = {desk.place(problem) for problem in desk.problems()}
    assert places == {(*FORM, *spot(path, f"{name}:"))}


@pytest.mark.parametrize("name", ["金额", "funds.执行数", "a_b", "b.c.d"])
def test_names_may_be_chinese_and_have_parts(desk: Desk, name: str) -> None:
    desk.form(ONE_FIELD.replace("$x", f"${name}").replace("x:", f"{name}:") % "label: 甲, type: money")
    assert [c.slot.path for c in desk.layout().inputs() if c.slot] == [name]


def test_a_field_in_the_grid_that_does_not_exist_is_told_with_the_nearest(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - [$posts, $potss]
        fields:
          posts: {label: 编制数}
        """)
    place, message = desk.only_problem()
    assert place == (*FORM, *spot(path, "$potss"))
    assert "「potss」" in message
    assert "是不是「posts」" in message


def test_a_field_placed_twice_is_told(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid: [[$x, $x]]
        fields:
          x: {label: 甲}
        """)
    place, message = desk.only_problem()
    assert place == (*FORM, *spot(path, "x:"))
    assert "「x」" in message
    assert "两次" in message


def test_a_field_that_stands_nowhere_is_told(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid: [[$x]]
        fields:
          x: {label: 甲}
          y: {label: 乙}
        """)
    place, message = desk.only_problem()
    assert place == (*FORM, *spot(path, "y:"))
    assert "「y」" in message


def test_every_fault_of_a_form_is_told_at_once(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - [$x, $nowhere]
          - [$y, 甲, 乙]
        fields:
          x: {label: 甲, formula: y+z}
          y: {label: 乙, given: unit.town}
        """)
    places = sorted(desk.place(problem)[1:] for problem in desk.problems())
    assert places == sorted(
        [spot(path, "$nowhere"), spot(path, "[$y"), spot(path, "formula:"), spot(path, "y: {label")]
    )
