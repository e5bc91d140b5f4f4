"""The grid: what stands where, what is merged, what cannot be."""

from __future__ import annotations

import pytest

from tests.forms.inline import Desk, area, cell, spot
from xlsxeval.layout.layout import CellKind


def test_each_entry_is_a_row_and_each_item_a_cell(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 20]
        grid:
          - [编制数, $posts]
          - [在职, $actual]
        fields:
          posts: {label: 编制数, type: count}
          actual: {label: 在职, type: count}
        """)
    sheet = desk.layout().sheets[0]
    assert sheet.name == "附件1"
    assert sheet.column_widths == (10, 20)
    assert {c.address.a1: c.value or (c.slot and c.slot.path) for c in sheet.cells} == {
        "A1": "编制数",
        "B1": "posts",
        "A2": "在职",
        "B2": "actual",
    }


def test_a_title_takes_a_row_of_its_own_across_all_columns(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        title: "{{ year }}年度自评表"
        columns: [10, 20, 5]
        grid: [[甲, 乙, 丙]]
        """)
    layout = desk.layout()
    assert area(cell(layout, "A1")) == ("A1", 1, 3)
    assert cell(layout, "A1").value == "2024年度自评表"
    assert cell(layout, "A2").value == "甲"
    assert layout.sheets[0].title == "2024年度自评表"


def test_less_than_joins_to_the_left_and_caret_to_the_one_above(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [5, 5, 5, 5]
        grid:
          - [甲, 乙, <, 丙]
          - [^, ^, ^, ^]
          - [丁, <, <, <]
        """)
    found = [area(c) for c in desk.layout().sheets[0].cells]
    assert found == [("A1", 2, 1), ("B1", 2, 2), ("D1", 2, 1), ("A3", 1, 4)]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        pytest.param(["[甲, 乙]", "[^, <]"], "甲", id="an L"),
        pytest.param(["[甲, 乙]", "[丙, ^]", "[^, <]"], "丙", id="an L below another cell"),
    ],
)
def test_merged_cells_that_are_no_rectangle_are_told_at_their_first_cell(desk: Desk, rows: list[str], at: str) -> None:
    lines = "".join(f"  - {row}\n" for row in rows)
    path = desk.form(f"form: f\nattachment: 附件1\ncolumns: [5, 5]\ngrid:\n{lines}")
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, at))
    assert "矩形" in message


@pytest.mark.parametrize(
    ("grid", "mark", "nth"),
    [
        pytest.param("  - [<, 乙]\n", "<", 1, id="nothing on the left"),
        pytest.param("  - [甲, ^]\n", "^", 1, id="nothing above"),
    ],
)
def test_a_join_to_nothing_is_told_at_the_sign(desk: Desk, grid: str, mark: str, nth: int) -> None:
    path = desk.form(f"form: f\nattachment: 附件1\ncolumns: [5, 5]\ngrid:\n{grid}")
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, mark, nth))
    assert f"「{mark}」" in message


@pytest.mark.parametrize("row", ["[甲]", "[甲, 乙, 丙]"])
def test_a_row_of_the_wrong_width_is_told_with_both_numbers(desk: Desk, row: str) -> None:
    path = desk.form(f"form: f\nattachment: 附件1\ncolumns: [5, 5]\ngrid:\n  - [子, 丑]\n  - {row}\n")
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, row))
    assert f"{row.count(',') + 1} 格" in message
    assert "2 列" in message


def test_rows_are_high_enough_for_their_texts(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 20]
        grid:
          - [短, 短]
          - [一二三四五六七八九十一二三四五六七八九十, 短]
          - row: [短, 短]
            lines: 4
        """)
    one, wrapped, four = (desk.layout().sheets[0].row_heights[row] for row in (1, 2, 3))
    assert one < four
    assert one < wrapped


def test_the_height_that_a_merged_text_needs_goes_to_its_last_row(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 20]
        grid:
          - [一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十, 甲]
          - [^, 乙]
        """)
    heights = desk.layout().sheets[0].row_heights
    assert heights[2] > heights[1]


def test_rows_that_repeat_on_pages_are_named_by_number(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        title: 表
        columns: [10]
        grid:
          - [甲]
          - row: [乙]
            repeat_on_pages: true
          - [丙]
        """)
    assert desk.layout().sheets[0].repeat_rows == (3, 3)


def test_a_cell_can_say_how_it_looks(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid: [[{text: 甲, look: section, align: left, indent: 2}, {text: 7}]]
        """)
    layout = desk.layout()
    look = cell(layout, "A1").look
    assert (look.role, look.align, look.indent) == ("section", "left", 2)
    assert cell(layout, "B1").value == "7"
    assert cell(layout, "B1").kind is CellKind.LABEL


def test_texts_know_the_year_the_unit_the_deadline_and_the_parameters(desk: Desk) -> None:
    desk.edition("""
        edition: e
        title: 测试版本
        forms: [f/v]
        parameters:
          weight.total: {value: 100, basis: 某文件}
        """)
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10, 10, 10]
        grid:
          - ["{{ year - 1 }}", "{{ unit.name }}", "{{ deadline }}", "{{ edition }}"]
        """)
    assert [c.value for c in desk.layout().sheets[0].cells] == ["2023", "某某局", "2025年5月31日", "测试版本"]


def test_a_text_that_names_what_there_is_not_is_told_at_its_cell(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid:
          - ["{{ yaer }}"]
        """)
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, '"{{'))
    assert "yaer" in message


def test_texts_run_no_code(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid:
          - ["{{ ''.__class__.__mro__ }}"]
        """)
    place, _ = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, '"{{'))
