"""``filled_by: office``: a form about the unit that the unit does not get."""

from __future__ import annotations

from tests.forms.inline import CAMPAIGN, Desk
from xlsxeval.layout.lint import lint_edition

OFFICE = """
    form: g
    attachment: 附件5
    filled_by: office
    columns: [10]
    grid: [[$x]]
    fields: {x: {label: 评分, type: score%s}}
    """


def _write(desk: Desk, formula: str = "") -> None:
    desk.edition("edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n")
    desk.form("form: f\nattachment: 附件1\ncolumns: [9]\ngrid: [[$x]]\nfields: {x: {label: 甲}}\n")
    desk.form(OFFICE % formula, "g/v")


def _sheets(desk: Desk) -> list[str]:
    return [sheet.form.id for sheet in desk.layout().sheets if sheet.form]


def test_units_do_not_get_it(desk: Desk) -> None:
    _write(desk)
    assert _sheets(desk) == ["f"]


def test_a_unit_that_the_campaign_gives_it_gets_it(desk: Desk) -> None:
    _write(desk)
    desk.campaign(CAMPAIGN + "    forms: [g]\n")
    assert _sheets(desk) == ["g"]


def test_lint_lays_it_out_all_the_same(desk: Desk) -> None:
    _write(desk, ", formula: nothing")
    edition = desk.load()[1]
    (problem,) = lint_edition(edition)
    assert "nothing" in problem.message
