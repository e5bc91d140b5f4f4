"""What Excel does not take is told before anything is made, and ``lint`` lays every edition out."""

from __future__ import annotations

import pytest

from tests.forms.inline import Desk, spot
from xlsxeval.forms.library import Library
from xlsxeval.layout.lint import lint_edition
from xlsxeval.resources import templates_directory

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10]
    grid:
      - [甲, 乙]
      - repeat: lines
        lines: 2
        line: [$x, $weight]
    fields:
      lines.x: {%s}
      lines.weight: {label: 分值, type: weight}
    """
LONG = ", ".join(f"第{number}个很长很长的选择项" for number in range(30))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        pytest.param(f"label: 甲, type: choice, choices: [{LONG}]", ["255"], id="choices too long for a list"),
        pytest.param("label: 甲, type: choice, choices: ['一,二']", ["逗号"], id="a comma in a choice"),
        pytest.param("label: 甲, length: [9, 3]", ["length"], id="length upside down"),
        pytest.param("label: ' '", ["label"], id="blank label"),
        pytest.param("label: 甲, type: score, max: wieght", ["wieght"], id="bounded by an unknown field"),
        pytest.param("label: 甲, type: money, min: 9, max: 3", ["min"], id="bounds upside down"),
        pytest.param("label: 甲, type: money, last_year: lines.wieght", ["lines.weight"], id="last year's unknown"),
        pytest.param("label: 甲, last_year: lines.weight", ["last_year"], id="last year's of a text"),
        pytest.param("label: 甲, type: money, may_repeat: true", ["may_repeat"], id="a number that may repeat"),
    ],
)
def test_what_excel_does_not_take_is_told_at_the_field(desk: Desk, field: str, words: list[str]) -> None:
    path = desk.form(FORM % field)
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "lines.x"))
    for word in words:
        assert word in message


def test_a_form_of_each_project_is_laid_out_with_several_one_and_none(desk: Desk) -> None:
    desk.form(
        "form: f\neach: project\nattachment: 附件\ncolumns: [10]\ngrid: [[$x]]\nfields: {x: {label: 甲, type: money}}\n"
    )
    (problem,) = lint_edition(desk.load()[1])
    assert desk.place(problem) == ("templates/forms/f/v.yaml", 1, 1)
    assert "附件" in problem.message


@pytest.mark.parametrize("name", Library(templates_directory()).editions())
def test_our_own_editions_have_no_fault(name: str) -> None:
    assert lint_edition(Library(templates_directory()).edition(name)) == []
