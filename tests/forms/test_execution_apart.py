"""The points of budget execution may stand in a form of their own, apart from the indicators they count with."""

from __future__ import annotations

import pytest

from tests.forms.inline import CAMPAIGN, EDITION, Desk

PARAMETERS = """\
parameters:
  weight.execution: {value: 10, basis: 理}
  weight.total: {value: 100, basis: 理}
"""
TABLE = """
    form: f
    attachment: 附件1
    columns: [10, 10]
    grid:
      - [甲, 分值]
      - repeat: lines
        lines: 2
        line: [$name, $weight]
    fields:
      lines.name: {label: 指标}
      lines.weight: {label: 分值, type: weight}
    """
CONCLUSION = """
    form: conclusion
    attachment: 结论
    columns: [10]
    grid: [[$points]]
    fields: {points: {label: 预算执行分值, type: weight, given: parameters.weight.execution}}
    """


def _desk(desk: Desk, weight: int) -> Desk:
    desk.edition(EDITION.replace("[f/v]", "[f/v, conclusion/v]") + PARAMETERS)
    desk.form(TABLE)
    desk.form(CONCLUSION, "conclusion/v")
    desk.campaign(CAMPAIGN + f"    given: {{f: {{lines: [{{name: 一, weight: {weight}}}]}}}}\n")
    return desk


def test_the_lines_and_the_points_elsewhere_make_the_total(desk: Desk) -> None:
    assert _desk(desk, 90).layout()


@pytest.mark.parametrize("weight", [80, 100])
def test_a_sum_that_forgets_them_is_told(desk: Desk, weight: int) -> None:
    assert "90" in _desk(desk, weight).only_problem()[1]
