"""Repeated blocks: lines that the campaign gives, free lines, and none at all."""

from __future__ import annotations

from tests.forms.inline import CAMPAIGN, Desk, area, cell, spot
from xlsxeval.layout.layout import CellKind

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10, 10, 10]
    grid:
      - [一级, 二级, 指标, 得分]
      - repeat: indicators
        lines: 2
        line: [$level, $kind, $name, $score]
      - [合计, <, <, $total]
    fields:
      indicators.level: {label: 一级, merge: true}
      indicators.kind: {label: 二级, merge: true}
      indicators.name: {label: 指标}
      indicators.score: {label: 得分, type: score}
      total: {label: 合计, type: score, formula: SUM(indicators.score)}
    """

GIVEN = (
    CAMPAIGN
    + """\
    given:
      f:
        indicators:
          - {level: 产出, kind: 数量, name: 甲}
          - {level: 产出, kind: 数量, name: 乙}
          - {level: 产出, kind: 质量, name: 丙}
          - {level: 效益, kind: 质量, name: 丁}
"""
)


def test_free_lines_are_as_many_as_the_form_says_and_open(desk: Desk) -> None:
    desk.form(FORM)
    layout = desk.layout()
    (block,) = layout.sheets[0].blocks
    assert (block.first_row, block.lines, block.given) == (2, 2, False)
    assert [c.slot.path for c in layout.inputs() if c.slot] == [
        f"indicators[{line}].{name}" for line in (1, 2) for name in ("level", "kind", "name", "score")
    ]
    assert cell(layout, "D4").kind is CellKind.COMPUTED


def test_given_lines_are_as_many_as_the_campaign_has_and_what_it_gives_is_locked(desk: Desk) -> None:
    desk.form(FORM)
    desk.campaign(GIVEN)
    layout = desk.layout()
    (block,) = layout.sheets[0].blocks
    assert (block.lines, block.given) == (4, True)
    assert [c.slot.path for c in layout.inputs() if c.slot] == [f"indicators[{line}].score" for line in (1, 2, 3, 4)]
    assert [cell(layout, f"C{row}").value for row in (2, 3, 4, 5)] == ["甲", "乙", "丙", "丁"]
    assert cell(layout, "C2").locked
    assert cell(layout, "D6").kind is CellKind.COMPUTED


def test_equal_given_values_are_merged_but_not_across_the_border_of_the_column_on_their_left(desk: Desk) -> None:
    desk.form(FORM)
    desk.campaign(GIVEN)
    layout = desk.layout()
    levels = [area(c) for c in layout.sheets[0].cells if c.slot and c.slot.field.short == "level"]
    kinds = [area(c) for c in layout.sheets[0].cells if c.slot and c.slot.field.short == "kind"]
    assert levels == [("A2", 3, 1), ("A5", 1, 1)]
    assert kinds == [("B2", 2, 1), ("B4", 1, 1), ("B5", 1, 1)]


def test_equal_values_of_a_column_that_does_not_merge_stay_apart(desk: Desk) -> None:
    desk.form(FORM)
    desk.campaign(GIVEN.replace("name: 乙", "name: 甲"))
    assert [area(cell(desk.layout(), a1)) for a1 in ("C2", "C3")] == [("C2", 1, 1), ("C3", 1, 1)]


def test_a_line_may_have_a_value_that_another_lacks(desk: Desk) -> None:
    desk.form(FORM)
    desk.campaign(GIVEN.replace(", name: 丙", ""))
    layout = desk.layout()
    assert cell(layout, "C4").kind is CellKind.INPUT
    assert cell(layout, "C5").kind is CellKind.GIVEN


def test_a_caret_in_every_line_joins_the_label_above_over_the_whole_block(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - [绩效指标, 名称]
          - repeat: lines
            lines: 3
            line: [^, $name]
        fields:
          lines.name: {label: 名称}
        """)
    assert area(cell(desk.layout(), "A1")) == ("A1", 4, 1)


def test_a_block_that_lists_the_projects_has_a_line_for_each(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10, 10]
        grid:
          - repeat: projects
            given: unit.projects
            lines: 0
            line: [$name, $number, $use]
        fields:
          projects.name: {label: 项目}
          projects.number: {label: 附件}
          projects.use: {label: 用途}
        """)
    desk.edition("edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n")
    desk.form(
        """
        form: g
        each: project
        attachment: 附件2-{{ project.number }}
        columns: [10]
        grid: [[$x]]
        fields:
          x: {label: 甲}
        """,
        "g/v",
    )
    desk.campaign(CAMPAIGN + "    projects:\n      - name: 甲\n      - name: 乙\n")
    layout = desk.layout()
    shown = [[cell(layout, f"{letter}{row}").value for letter in "AB"] for row in (1, 2)]
    assert shown == [["甲", "附件2-1"], ["乙", "附件2-2"]]
    assert cell(layout, "C1").kind is CellKind.INPUT


def test_a_block_without_lines_leaves_nothing_and_is_no_fault(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - [项目, 用途]
          - repeat: projects
            given: unit.projects
            lines: 0
            line: [$name, $use]
          - [其他, <]
        fields:
          projects.name: {label: 项目}
          projects.use: {label: 用途}
        """)
    layout = desk.layout()
    assert cell(layout, "A2").value == "其他"
    assert layout.sheets[0].blocks[0].lines == 0


def test_a_block_can_be_given_nothing_but_the_projects(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid:
          - repeat: lines
            given: unit.town
            lines: 2
            line: [$name]
        fields:
          lines.name: {label: 名称}
        """)
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "repeat:"))
    assert "unit.projects" in message


def test_helper_columns_stand_outside_the_printed_area_with_a_heading(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - [甲, 乙]
          - repeat: lines
            lines: 2
            line: [$name, $amount]
            helpers: [$double]
        fields:
          lines.name: {label: 名称}
          lines.amount: {label: 金额, type: money}
          lines.double: {label: 两倍, type: money, formula: amount*2}
        """)
    layout = desk.layout()
    sheet = layout.sheets[0]
    assert sheet.print_columns == 2
    assert cell(layout, "D1").value == "两倍"
    assert [cell(layout, f"D{row}").kind for row in (2, 3)] == [CellKind.COMPUTED] * 2
    assert len(sheet.column_widths) == 4


def test_a_helper_that_computes_nothing_is_told_at_its_block(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid:
          - [名称]
          - repeat: lines
            lines: 2
            line: [$name]
            helpers: [$name]
        fields:
          lines.name: {label: 名称}
        """)
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "repeat:"))
    assert "name" in message


def test_a_field_of_the_block_that_its_line_lacks_is_told(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid:
          - repeat: lines
            lines: 2
            line: [$nmae]
        fields:
          lines.name: {label: 名称}
        """)
    found = {desk.place(problem)[1:]: problem.message for problem in desk.problems()}
    assert set(found) == {spot(path, "$nmae"), spot(path, "lines.name")}
    assert "是不是「name」" in found[spot(path, "$nmae")]


def test_helper_columns_need_a_row_above_their_block_for_the_heading(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid:
          - repeat: lines
            lines: 2
            line: [$amount]
            helpers: [$double]
        fields:
          lines.amount: {label: 金额, type: money}
          lines.double: {label: 两倍, type: money, formula: amount*2}
        """)
    problems = {desk.place(problem): problem.message for problem in desk.problems()}
    assert "「lines」" in problems["templates/forms/f/v.yaml", *spot(path, "repeat:")]
