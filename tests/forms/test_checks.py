"""Checks: from the library or written in the form, live in 自查, with their faults at their place."""

from __future__ import annotations

import pytest

from tests.forms.inline import CAMPAIGN, Desk, cell, spot
from xlsxeval.layout.layout import FAILED, NOT_YET, PASSED, SELF_CHECK_SHEET, CellKind, Layout
from xlsxeval.model import Severity

LIBRARY_CHECK = """
    check: L901
    slug: part-above-whole
    title: 部分大于整体
    say: 甲不大于乙
    why: 部分不会大于整体
    fix: 核对两数
    basis: 理
    where: AND(ISNUMBER(a),ISNUMBER(b))
    that: a<=b
    at: a
    expected: b
    related: [b]
    """

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10]
    grid: [[$a, $b]]
    fields:
      a: {label: 甲, type: money}
      b: {label: 乙, type: money}
    checks:
      - %s
    """

OWN = "{code: L902, title: 二, say: 甲不大于乙, that: a<=b, at: a, fix: 改, basis: 理%s}"


def row_of(layout: Layout, say: str) -> int:
    """The row of 自查 that says this."""
    return next(c.address.row for c in layout.sheets[-1].cells if c.value == say)


def result(layout: Layout, say: str, inputs: dict[str, float]) -> object:
    """What 自查 shows for a check, with these values in the first sheet's cells."""
    values = layout.compute({cell(layout, a1).address: value for a1, value in inputs.items()})
    return values[cell(layout, f"D{row_of(layout, say)}", SELF_CHECK_SHEET).address]


@pytest.mark.parametrize(
    ("inputs", "shown"),
    [
        pytest.param({}, NOT_YET, id="nothing typed yet"),
        pytest.param({"A1": 1}, NOT_YET, id="half typed"),
        pytest.param({"A1": 1, "B1": 2}, PASSED, id="holds"),
        pytest.param({"A1": 3, "B1": 2}, f"{FAILED['error']} 不符", id="does not hold"),
    ],
)
def test_a_check_is_live_in_the_self_check(desk: Desk, inputs: dict[str, float], shown: str) -> None:
    desk.check(LIBRARY_CHECK, "L901")
    desk.form(FORM % "L901")
    assert result(desk.layout(), "甲不大于乙", inputs) == shown


def test_what_is_and_what_should_be_stand_beside_the_result_with_a_link(desk: Desk) -> None:
    desk.check(LIBRARY_CHECK, "L901")
    desk.form(FORM % "L901")
    layout = desk.layout()
    row = row_of(layout, "甲不大于乙")
    a, b = cell(layout, "A1").address, cell(layout, "B1").address
    values = layout.compute({a: 3.0, b: 2.0})
    assert [values[cell(layout, f"{letter}{row}", SELF_CHECK_SHEET).address] for letter in "EF"] == [3, 2]
    assert cell(layout, f"B{row}", SELF_CHECK_SHEET).value == "附件1"
    link = cell(layout, f"G{row}", SELF_CHECK_SHEET)
    assert (link.value, link.link) == ("附件1!A1", a)
    blank = layout.compute({})
    assert [blank[cell(layout, f"{letter}{row}", SELF_CHECK_SHEET).address] or "" for letter in "EF"] == ["", ""]


def test_a_form_may_override_what_the_library_says(desk: Desk) -> None:
    desk.check(LIBRARY_CHECK, "L901")
    desk.form(FORM % "{use: L901, that: a<b, severity: warning, say: 甲小于乙}")
    (check,) = desk.load()[1].forms[0].checks
    assert (check.code, check.say, check.severity, check.title) == (
        "L901",
        "甲小于乙",
        Severity.WARNING,
        "部分大于整体",
    )
    assert result(desk.layout(), "甲小于乙", {"A1": 2, "B1": 2}) == f"{FAILED['warning']} 请核对"


@pytest.mark.parametrize("severity", list(Severity))
def test_each_severity_has_its_mark(desk: Desk, severity: Severity) -> None:
    desk.form(FORM % (OWN % f", severity: {severity.value}"))
    shown = result(desk.layout(), "甲不大于乙", {"A1": 3, "B1": 2})
    assert str(shown).startswith(FAILED[severity.value])


def test_the_count_on_top_tells_errors_from_warnings(desk: Desk) -> None:
    desk.form(
        FORM % (OWN % "")
        + "  - {code: L903, title: 三, say: 甲小于乙, that: a<b, at: a, fix: 改, basis: 理, severity: warning}\n"
    )
    layout = desk.layout()
    top = cell(layout, "A2", SELF_CHECK_SHEET).address
    a, b = cell(layout, "A1").address, cell(layout, "B1").address
    first, second, third = (
        str(layout.compute(values)[top]) for values in ({a: 1.0, b: 2.0}, {a: 2.0, b: 2.0}, {a: 3.0, b: 2.0})
    )
    assert first.startswith("✓")
    assert second.startswith("△")
    assert " 1 项" in second
    assert third.startswith("✗")
    assert third.count("1 项") == 2


def test_a_check_that_cannot_be_computed_says_so(desk: Desk) -> None:
    desk.form(FORM % "{code: L902, title: 二, say: 比, that: a/b<1, at: a, fix: 改, basis: 理}")
    shown = str(result(desk.layout(), "比", {"A1": 1, "B1": 0}))
    assert shown.startswith("—")


# -- every line ------------------------------------------------------------------------------------------------

LINES = """
    form: f
    attachment: 附件1
    columns: [10, 10]
    grid:
      - [分值, 得分]
      - repeat: lines
        lines: 3
        line: [$weight, $score]
      - [合计, $total]
    fields:
      lines.weight: {label: 分值, type: weight}
      lines.score: {label: 得分, type: score}
      total: {label: 合计, type: score, formula: SUM(lines.score)}
    checks:
      - code: S901
        title: 得分高于分值
        say: 得分不高于分值
        each: lines
        where: AND(ISNUMBER(score),ISNUMBER(weight))
        that: score<=weight
        at: lines.score
        expected: weight
        related: [weight]
        fix: 改
        basis: 理
    """


def test_a_check_of_every_line_has_a_helper_column_beside_the_lines(desk: Desk) -> None:
    desk.form(LINES)
    layout = desk.layout()
    assert cell(layout, "D1").value == "得分高于分值"
    assert [cell(layout, f"D{row}").kind for row in (2, 3, 4)] == [CellKind.COMPUTED] * 3
    assert layout.sheets[0].print_columns == 2
    (placed,) = layout.checks
    assert [address.a1 for address in placed.results] == ["D2", "D3", "D4"]
    assert [address.a1 for address in placed.targets] == ["B2", "B3", "B4"]
    assert [[place.cell for place in places] for places in placed.related] == [["A2"], ["A3"], ["A4"]]


def test_it_marks_the_line_and_counts_in_the_self_check(desk: Desk) -> None:
    desk.form(LINES)
    layout = desk.layout()
    inputs = {"A2": 5.0, "B2": 6.0, "A3": 5.0, "B3": 5.0, "A4": 5.0, "B4": 7.0}
    values = layout.compute({cell(layout, a1).address: value for a1, value in inputs.items()})
    marks = [str(values[cell(layout, f"D{row}").address])[:1] for row in (2, 3, 4)]
    assert marks == ["✗", "", "✗"]
    assert result(layout, "得分不高于分值", inputs) == "✗ 2 处"
    assert result(layout, "得分不高于分值", {}) == PASSED


def test_what_a_line_should_be_is_computed_without_a_cell_of_its_own(desk: Desk) -> None:
    desk.form(LINES)
    layout = desk.layout()
    (placed,) = layout.checks
    values = layout.compute({cell(layout, "A3").address: 4.0})
    assert placed.expected[1] is not None
    assert values[placed.expected[1]] == 4
    assert placed.expected[1] not in layout.cells


def test_several_projects_have_a_row_each(desk: Desk) -> None:
    desk.check(LIBRARY_CHECK, "L901")
    desk.form(
        FORM.replace("附件1", "附件{{ project.number }}").replace("form: f", "form: f\n    each: project") % "L901"
    )
    desk.campaign(CAMPAIGN + "    projects:\n      - name: 甲\n      - name: 乙\n")
    assert [(placed.sheet, placed.instance, placed.status.a1) for placed in desk.layout().checks] == [
        ("附件1", 1, "D5"),
        ("附件2", 2, "D6"),
    ]


def test_a_check_of_a_form_that_the_unit_lacks_is_left_out(desk: Desk) -> None:
    desk.edition("edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n")
    desk.form(FORM % "{code: X901, title: 二, say: 两表, that: a=SUM(g!x), at: a, fix: 改, basis: 理}")
    desk.form("form: g\nattachment: 附件2\ncolumns: [10]\ngrid: [[$x]]\nfields: {x: {label: 丙, type: money}}\n", "g/v")
    assert [placed.check.code for placed in desk.layout().checks] == ["X901"]
    desk.campaign(CAMPAIGN + "    forms: [f]\n")
    assert desk.layout().checks == ()


def test_a_form_without_checks_passes_and_says_that_there_is_nothing_to_check(desk: Desk) -> None:
    desk.form("form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[$x]]\nfields: {x: {label: 甲}}\n")
    layout = desk.layout()
    assert str(layout.compute({})[cell(layout, "A2", SELF_CHECK_SHEET).address]).startswith("✓")
    assert cell(layout, "A5", SELF_CHECK_SHEET).kind is CellKind.LABEL
    assert layout.sheets[-1].print_rows == 5


# -- blanks ----------------------------------------------------------------------------------------------------


def test_required_cells_still_blank_are_counted(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10, 10]
        grid: [[$a, $b, $c]]
        fields:
          a: {label: 甲, required: true}
          b: {label: 乙, required: true}
          c: {label: 丙}
        """)
    layout = desk.layout()
    say = "必填项已全部填写"
    assert result(layout, say, {}) == "✗ 未填 2 处"
    assert result(layout, say, {"B1": 1.0}) == "✗ 未填 1 处"
    assert result(layout, say, {"A1": 1.0, "B1": 1.0}) == PASSED


def test_of_free_lines_only_those_in_use_must_be_complete(desk: Desk) -> None:
    desk.form("""
        form: f
        attachment: 附件1
        columns: [10, 10]
        grid:
          - repeat: lines
            lines: 3
            line: [$name, $amount]
        fields:
          lines.name: {label: 名称, required: true}
          lines.amount: {label: 金额, type: money}
        """)
    layout = desk.layout()
    say = "必填项已全部填写"
    assert result(layout, say, {}) == PASSED
    assert result(layout, say, {"B2": 1.0}) == "✗ 未填 1 处"
    assert result(layout, say, {"A2": 1.0, "B2": 1.0, "A3": 2.0}) == PASSED


# -- faults ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "words"),
    [
        pytest.param("L109", ["L109"], id="not in the library"),
        pytest.param("L910", ["L910", "是不是「L901」"], id="not in the library, but near"),
        pytest.param("{code: L902, say: 二, that: a<=b}", ["title", "at", "fix", "basis"], id="keys missing"),
        pytest.param(OWN.replace("L902", "Q902") % "", ["Q902"], id="a code of no family"),
        pytest.param(OWN.replace("that: a<=b", "that: a<=") % "", ["公式"], id="a formula that breaks off"),
        pytest.param(OWN.replace("that: a<=b", "that: a<=c") % "", ["「c」"], id="an unknown field"),
        pytest.param(OWN.replace("that: a<=b", "that: SUMM(a)<1") % "", ["SUMM"], id="an unknown function"),
        pytest.param(OWN.replace("that: a<=b", "that: a<=edition!tolerence") % "", ["tolerence"], id="a parameter"),
        pytest.param(OWN.replace("at: a", "at: aa") % "", ["aa"], id="points to an unknown field"),
        pytest.param(OWN % ", related: [bb]", ["bb"], id="is related to an unknown field"),
        pytest.param(OWN % ", each: line", ["line"], id="an unknown block"),
        pytest.param(OWN % ", where: ISNUMBER(", ["公式"], id="a condition that breaks off"),
        pytest.param(OWN % ", expected: 'b+'", ["公式"], id="an expectation that breaks off"),
    ],
)
def test_a_faulty_check_is_told_at_its_place(desk: Desk, check: str, words: list[str]) -> None:
    desk.check(LIBRARY_CHECK, "L901")
    path = desk.form(FORM % check)
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, check))
    for word in words:
        assert word in message


def test_a_check_written_twice_is_told(desk: Desk) -> None:
    own = OWN % ""
    path = desk.form(FORM % own + f"  - {own}\n")
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, own, 2))
    assert "L902" in message


def test_a_fault_in_the_library_is_told_in_the_library(desk: Desk) -> None:
    path = desk.check(LIBRARY_CHECK.replace("that: a<=b", "that: a<=c"), "L901")
    desk.form(FORM % "L901")
    place, message = desk.only_problem()
    assert place == ("templates/checks/L901.yaml", *spot(path, "that:"))
    assert "「c」" in message


def test_a_library_file_is_named_by_its_code(desk: Desk) -> None:
    path = desk.check(LIBRARY_CHECK, "L902")
    desk.form(FORM % "L901")
    place, message = desk.only_problem()
    assert place == ("templates/checks/L902.yaml", *spot(path, "check:"))
    assert "L901" in message


def test_a_severity_that_does_not_exist_is_told_at_its_key(desk: Desk) -> None:
    path = desk.form(FORM % (OWN % ", severity: grave"))
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "severity:"))
    assert "severity" in message


def test_a_check_of_every_line_points_to_its_own_line_by_the_short_and_by_the_whole_name(desk: Desk) -> None:
    desk.form(LINES.replace("at: lines.score", "at: score").replace("related: [weight]", "related: [lines.weight]"))
    (placed,) = desk.layout().checks
    assert [address.a1 for address in placed.targets] == ["B2", "B3", "B4"]
    assert [[place.cell for place in places] for places in placed.related] == [["A2"], ["A3"], ["A4"]]


def test_a_block_needs_a_row_above_it_for_the_heading_of_its_check(desk: Desk) -> None:
    path = desk.form(LINES.replace("      - [分值, 得分]\n", ""))
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "code:"))
    assert "「lines」" in message
