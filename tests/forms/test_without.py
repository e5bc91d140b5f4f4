"""``without``: what a form or an edition leaves out of what it extends."""

from __future__ import annotations

from tests.forms.inline import CAMPAIGN, EDITION, Desk, spot

BASE = """
    form: base
    columns: [10, 10, 10]
    grid: [[$funds.paid, $funds.rate, $name]]
    fields:
      funds.paid: {label: 甲, type: money}
      funds.rate: {label: 乙, formula: funds.paid/2}
      name: {label: 丙}
    checks:
      - {code: L901, title: 一, say: 甲不为负, that: funds.paid>=0, at: funds.paid, fix: 改甲, basis: 理}
      - {code: L902, title: 二, say: 丙已填, that: name<>"", at: name, fix: 填丙, basis: 理}
    """


def test_a_field_goes_with_all_below_its_name_and_a_check_by_its_code(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("form: f\nextends: base/v\nwithout: [funds, L901]\nattachment: 附件1\ncolumns: [10]\ngrid: [[$name]]\n")
    (form,) = desk.load()[1].forms
    assert list(form.fields) == ["name"]
    assert [check.code for check in form.checks] == ["L902"]
    assert desk.layout().checks


def test_what_is_left_out_may_be_said_anew(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("""
        form: f
        extends: base/v
        without: [funds, L901]
        attachment: 附件1
        columns: [10, 10]
        grid: [[$name, $funds.paid]]
        fields: {funds.paid: {label: 新的甲, type: count}}
        """)
    (form,) = desk.load()[1].forms
    assert {name: field.label for name, field in form.fields.items()} == {"name": "丙", "funds.paid": "新的甲"}


def test_a_form_further_down_keeps_out_what_was_left_out_between(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("form: base\nextends: base/v\nwithout: [funds, L901]\ncolumns: [10]\ngrid: [[$name]]\n", "base/w")
    desk.form("form: f\nextends: base/w\nattachment: 附件1\n")
    assert list(desk.load()[1].forms[0].fields) == ["name"]


def test_nothing_can_be_left_out_that_is_not_inherited(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    path = desk.form("form: f\nextends: base/v\nwithout: [fund]\nattachment: 附件1\n")
    (place, message) = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "fund"))
    assert "funds" in message


def test_an_edition_leaves_out_forms_of_the_one_it_extends(desk: Desk) -> None:
    desk.edition(EDITION.replace("[f/v]", "[f/v, g/v]"), "e")
    desk.edition("edition: city\nextends: e\nwithout: [f]\n", "city")
    desk.form("form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[甲]]\n")
    desk.form("form: g\nattachment: 附件2\ncolumns: [10]\ngrid: [[乙]]\n", "g/v")
    desk.campaign(CAMPAIGN.replace("edition: e", "edition: city"))
    assert [form.id for form in desk.load()[1].forms] == ["g"]


def test_an_edition_cannot_leave_out_a_form_that_its_base_has_not(desk: Desk) -> None:
    path = desk.edition("edition: city\nextends: e\nwithout: [h]\n", "city")
    desk.form("form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[甲]]\n")
    desk.campaign(CAMPAIGN.replace("edition: e", "edition: city"))
    (place, _) = desk.only_problem()
    assert place == ("templates/editions/city.yaml", *spot(path, "h]"))
