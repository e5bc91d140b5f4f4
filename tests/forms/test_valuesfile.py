"""VALUES.yaml: values by form and field, read as the cell's type asks, with every fault at its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.forms.inline import CAMPAIGN, Desk, spot
from xlsxeval.calc import Scalar
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.values import EPOCH
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.values_file import load_values

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10, 10, 10, 10, 10, 10]
    grid:
      - [$unit, $money, $rate, $date, $level, $text, $double]
      - repeat: lines
        lines: 2
        line: [$name, <, <, <, <, <, $amount]
    fields:
      unit: {label: 单位, given: unit.name}
      money: {label: 金额, type: money}
      rate: {label: 比率, type: percent}
      date: {label: 日期, type: date}
      level: {label: 等级, type: choice, choices: [优, 良]}
      text: {label: 说明}
      double: {label: 两倍, type: money, formula: money*2}
      lines.name: {label: 名称}
      lines.amount: {label: 数额, type: money}
    """

PROJECT_FORM = """
    form: g
    each: project
    attachment: 附件2-{{ project.number }}
    columns: [10]
    grid: [[$spent]]
    fields:
      spent: {label: 支出, type: money}
    """


@pytest.fixture
def layout(desk: Desk) -> Layout:
    desk.edition("edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n")
    desk.form(FORM)
    desk.form(PROJECT_FORM, "g/v")
    desk.campaign(CAMPAIGN + "    projects:\n      - name: 甲\n      - name: 乙\n")
    return desk.layout()


def read(desk: Desk, layout: Layout, text: str) -> dict[str, Scalar]:
    """The values of a file by sheet and field."""
    values = load_values(desk.write("values.yaml", text), layout)
    return {f"{address.sheet}!{layout.cells[address].slot.path}": value for address, value in values.items()}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["附件1", "f"])
def test_a_form_is_named_by_its_attachment_or_its_id(desk: Desk, layout: Layout, name: str) -> None:
    assert read(desk, layout, f"{name}: {{money: 3}}") == {"附件1!money": 3}


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("money", "1234.5", 1234.5),
        ("money", "'1,234.50'", 1234.5),
        ("money", "'１２.５'", 12.5),
        ("money", "0", 0.0),
        ("money", "1e3", 1000.0),
        ("rate", "95%", 0.95),
        ("rate", "0.95", 0.95),
        ("rate", "'100.00%'", 1.0),
        ("date", "2025-05-19", float((dt.date(2025, 5, 19) - EPOCH).days)),
        ("date", "'2025-05-19'", float((dt.date(2025, 5, 19) - EPOCH).days)),
        ("date", "2025.5.19", float((dt.date(2025, 5, 19) - EPOCH).days)),
        ("date", "2025年5月19日", float((dt.date(2025, 5, 19) - EPOCH).days)),
        ("date", "2025-05-19 08:30:00", float((dt.date(2025, 5, 19) - EPOCH).days)),
        ("level", "良", "良"),
        ("text", "一段话", "一段话"),
        ("text", "12", "12"),
        ("text", "'=1+1'", "=1+1"),
        ("text", "' 前后有空格 '", " 前后有空格 "),
        ("money", "~", None),
        ("text", "''", None),
    ],
)
def test_a_value_is_read_as_its_field_asks(desk: Desk, layout: Layout, field: str, written: str, value: Scalar) -> None:
    assert read(desk, layout, f"附件1: {{{field}: {written}}}") == {f"附件1!{field}": value}


def test_lines_are_a_list_and_fewer_than_there_are_is_fine(desk: Desk, layout: Layout) -> None:
    assert read(desk, layout, "f: {lines: [{name: 甲, amount: 3}]}") == {
        "附件1!lines[1].name": "甲",
        "附件1!lines[1].amount": 3,
    }


def test_forms_of_projects_are_named_one_by_one_or_as_a_list(desk: Desk, layout: Layout) -> None:
    expected = {"附件2-1!spent": 1, "附件2-2!spent": 2}
    assert read(desk, layout, "附件2-1: {spent: 1}\n附件2-2: {spent: 2}\n") == expected
    assert read(desk, layout, "g: [{spent: 1}, {spent: 2}]") == expected


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        pytest.param("附件9: {x: 1}", "附件9", ["「附件9」"], id="unknown form"),
        pytest.param("自查: {x: 1}", "自查", ["「自查」"], id="a sheet that is no form"),
        pytest.param("f: {mony: 1}", "mony", ["「mony」", "是不是「money」"], id="unknown field"),
        pytest.param("f: {double: 1}", "double", ["double", "公式"], id="computed field"),
        pytest.param("f: {unit: 甲局}", "unit", ["unit", "给定"], id="given field"),
        pytest.param("f: {money: 许多}", "money", ["金额", "许多"], id="text for a number"),
        pytest.param("f: {money: 12万元}", "money", ["12万元"], id="number with its unit"),
        pytest.param("f: {money: true}", "money", ["金额"], id="switch for a number"),
        pytest.param("f: {money: [1]}", "money", ["金额"], id="list for a number"),
        pytest.param("f: {money: .nan}", "money", ["金额"], id="not a number at all"),
        pytest.param("f: {money: .inf}", "money", ["金额"], id="infinite"),
        pytest.param("f: {money: '1e400'}", "money", ["金额"], id="beyond every number"),
        pytest.param("f: {date: 五月十九}", "date", ["日期"], id="text for a date"),
        pytest.param("f: {date: 2025-02-30}", "date", ["日期"], id="date of no calendar"),
        pytest.param("f: {date: 1850-01-01}", "date", ["日期"], id="date before Excel's first"),
        pytest.param("f: {level: 中}", "level", ["等级", "「中」", "优、良"], id="none of the choices"),
        pytest.param("f: {text: {a: 1}}", "text", ["说明"], id="mapping for a text"),
        pytest.param("f: {text: true}", "text", ["说明"], id="switch for a text"),
        pytest.param('f: {text: "a\\x01b"}', "text", ["说明", "U+0001"], id="control character"),
        pytest.param('f: {text: "a\\ufffeb"}', "text", ["说明", "U+FFFE"], id="no character at all"),
        pytest.param('f: {level: "优\\x00"}', "level", ["等级"], id="control character in a choice"),
        pytest.param(f"f: {{text: {'长' * 32_768}}}", "text", ["说明", "32,767"], id="longer than a cell holds"),
        pytest.param("f: {lines: 3}", "lines", ["lines"], id="number for lines"),
        pytest.param("f: {lines: [甲]}", "甲", ["字段"], id="text for a line"),
        pytest.param("f: {lines: [{}, {}, {name: 丙}]}", "{name", ["lines", "2 行", "3 行"], id="too many lines"),
        pytest.param("f: {lines: [{nmae: 甲}]}", "nmae", ["是不是「lines[1].name」"], id="unknown field of a line"),
        pytest.param("f: 3", "f", ["字段"], id="number for a form"),
        pytest.param("g: {spent: 1}", "g", ["附件2-1", "附件2-2"], id="one form where there are two"),
        pytest.param("g: [{}, {}, {spent: 3}]", "{spent", ["2 张", "3 张"], id="more forms than projects"),
        pytest.param("g: [{spent: 1}, {spent: 二}]", "spent: 二", ["支出"], id="fault in the second form"),
    ],
)
def test_a_fault_is_told_at_its_place(desk: Desk, layout: Layout, text: str, at: str, words: list[str]) -> None:
    path = desk.write("values.yaml", text + "\n")
    with pytest.raises(DefinitionError) as caught:
        load_values(path, layout)
    (problem,) = caught.value.problems
    assert desk.place(problem) == ("values.yaml", *spot(path, at))
    for word in words:
        assert word in problem.message


def test_all_faults_are_told_at_once(desk: Desk, layout: Layout) -> None:
    path = desk.write("values.yaml", "f: {mony: 1, double: 2, money: 三}\n附件9: {}\n")
    with pytest.raises(DefinitionError) as caught:
        load_values(path, layout)
    assert [desk.place(problem)[1:] for problem in caught.value.problems] == [
        spot(path, text) for text in ("mony", "double", "money: 三", "附件9")
    ]


def test_a_missing_file_is_told(tmp_path: Path, layout: Layout) -> None:
    with pytest.raises(DefinitionError):
        load_values(tmp_path / "nowhere.yaml", layout)
