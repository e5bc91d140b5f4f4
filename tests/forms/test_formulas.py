"""Formulas by field names: in the same line, down a column, over forms, over projects, with the edition's constants."""

from __future__ import annotations

import pytest

from tests.forms.inline import CAMPAIGN, Desk, cell, spot
from xlsxeval.calc import to_formula

TWO_FORMS = "edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n"
FORM = "templates/forms/f/v.yaml"

PROJECT_FORM = """
    form: g
    each: project
    attachment: 附件{{ project.number }}
    columns: [10]
    grid: [[$spent]]
    fields:
      spent: {label: 支出, type: money}
    """

PROJECTS = CAMPAIGN + "    projects:\n" + "".join(f"      - name: 项目{n}\n" for n in "甲乙丙")


def formula(desk: Desk, a1: str) -> str:
    found = cell(desk.layout(), a1)
    assert found.formula is not None
    return to_formula(found.formula)


def test_a_name_is_the_cell_of_that_field(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10, 10]
        grid: [[$funds.budget, $funds.executed, $funds.rate]]
        fields:
          funds.budget: {label: 预算, type: money}
          funds.executed: {label: 执行, type: money}
          funds.rate: {label: 率, type: percent, formula: 'IF(N(funds.budget)=0,"",ROUND(funds.executed/funds.budget,4))'}
        """)
    assert formula(desk, "C1") == 'IF(N(A1)=0,"",ROUND(B1/A1,4))'


def test_inside_a_block_a_bare_name_is_the_same_line_and_outside_it_a_column(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - repeat: lines
            lines: 3
            line: [$amount, $double]
          - [$total, $highest]
        fields:
          lines.amount: {label: 金额, type: money}
          lines.double: {label: 两倍, type: money, formula: amount*2}
          total: {label: 合计, type: money, formula: SUM(lines.double)}
          highest: {label: 最高, type: money, formula: MAX(lines.amount)}
        """)
    assert [formula(desk, f"B{row}") for row in (1, 2, 3)] == ["A1*2", "A2*2", "A3*2"]
    assert formula(desk, "A4") == "SUM(B1:B3)"
    assert formula(desk, "B4") == "MAX(A1:A3)"


def test_inside_a_block_the_line_goes_before_a_field_of_the_form(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - [$weight, $all]
          - repeat: lines
            lines: 1
            line: [$weight, $share]
        fields:
          weight: {label: 总分值, type: weight}
          all: {label: 全部, type: weight, formula: weight+SUM(lines.weight)}
          lines.weight: {label: 分值, type: weight}
          lines.share: {label: 占比, type: number, formula: weight+all}
        """)
    assert formula(desk, "B1") == "A1+SUM(A2)"
    assert formula(desk, "B2") == "A2+B1"


def test_another_form_is_named_before_an_exclamation_mark(desk: Desk) -> None:
    desk.edition(TWO_FORMS)
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid: [[$copied]]
        fields:
          copied: {label: 抄来, type: money, formula: g!spent*2}
        """)
    desk.form(
        """
        form: g
        sheet: 附件 2
        columns: [10]
        grid: [[$spent]]
        fields:
          spent: {label: 支出, type: money}
        """,
        "g/v",
    )
    assert formula(desk, "A1") == "'附件 2'!A1*2"


def test_a_form_of_several_projects_means_all_of_them(desk: Desk) -> None:
    desk.edition(TWO_FORMS)
    desk.form("""
        form: f
        attachment: 附件0
        columns: [10]
        grid: [[$total]]
        fields:
          total: {label: 合计, type: money, formula: SUM(g!spent)}
        """)
    desk.form(PROJECT_FORM, "g/v")
    desk.campaign(PROJECTS)
    assert formula(desk, "A1") == "SUM(附件1!A1,附件2!A1,附件3!A1)"
    layout = desk.layout()
    inputs = {found.address: float(number) for number, found in enumerate(layout.inputs(), start=1)}
    assert layout.compute(inputs)[cell(layout, "A1").address] == 6


def test_several_projects_outside_a_function_are_told(desk: Desk) -> None:
    desk.edition(TWO_FORMS)
    path = desk.form("""
        form: f
        attachment: 附件0
        columns: [10]
        grid: [[$total]]
        fields:
          total: {label: 合计, type: money, formula: g!spent+1}
        """)
    desk.form(PROJECT_FORM, "g/v")
    desk.campaign(PROJECTS)
    place, message = desk.only_problem()
    assert place == (FORM, *spot(path, "formula:"))
    assert "g!spent" in message
    assert "SUM" in message


def test_a_form_that_the_unit_does_not_fill_in_is_told(desk: Desk) -> None:
    desk.edition(TWO_FORMS)
    path = desk.form("""
        form: f
        attachment: 附件0
        columns: [10]
        grid: [[$total]]
        fields:
          total: {label: 合计, type: money, formula: SUM(g!spent)}
        """)
    desk.form(PROJECT_FORM, "g/v")
    place, message = desk.only_problem()
    assert place == (FORM, *spot(path, "formula:"))
    assert "001" in message
    assert "「g」" in message


def test_constants_of_the_edition_and_the_campaign_stand_as_values(desk: Desk) -> None:
    desk.edition("""
        edition: e
        title: 测试版本
        forms: [f/v]
        parameters:
          weight.execution: {value: 10, basis: 某文件}
          floor: {value: -0.5, basis: 某文件}
          unit_name: {value: 万元, basis: 某文件}
          strict: {value: true, basis: 某文件}
        """)
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10]
        grid: [[$x]]
        fields:
          x: {label: 甲, formula: 'IF(edition!strict,edition!weight.execution+edition!floor&edition!unit_name,campaign!year)'}
        """)
    assert formula(desk, "A1") == 'IF(TRUE,10+-0.5&"万元",2024)'


def test_a_name_may_be_the_whole_formula(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid: [[$x, $y]]
        fields:
          x: {label: 甲}
          y: {label: 乙, formula: x}
        """)
    assert formula(desk, "B1") == "A1"


def test_a_circle_is_told_with_the_way_round(desk: Desk) -> None:
    path = desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10, 10]
        grid: [[$x, $y, $z]]
        fields:
          x: {label: 甲, type: money, formula: y+1}
          y: {label: 乙, type: money, formula: z+1}
          z: {label: 丙, type: money, formula: x+1}
        """)
    (problem,) = desk.problems()
    file, *at = desk.place(problem)
    assert file == FORM
    assert tuple(at) in {spot(path, "x: {"), spot(path, "y: {"), spot(path, "z: {")}
    for a1 in ("A1", "B1", "C1"):
        assert a1 in problem.message


@pytest.mark.parametrize("text", ["x", "SUM(x)", "IF(TRUE,1,x)"])
def test_a_formula_of_itself_is_a_circle(desk: Desk, text: str) -> None:
    path = desk.form(f"""
        form: f
        attachment: 附件1
        columns: [10]
        grid: [[$x]]
        fields:
          x: {{label: 甲, type: money, formula: '{text}'}}
        """)
    place, message = desk.only_problem()
    assert place == (FORM, *spot(path, "x: {"))
    assert "A1" in message
