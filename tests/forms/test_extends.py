"""``extends``: a form or an edition says only what differs from another."""

from __future__ import annotations

from tests.forms.inline import Desk, cell, spot
from xlsxeval.model import Severity

BASE = """
    form: base
    columns: [10, 10]
    title: 共有的标题
    grid: [[$a, $b]]
    fields:
      a: {label: 甲, type: money}
      b: {label: 乙, type: money}
    checks:
      - {code: L901, title: 一, say: 甲不大于乙, that: a<=b, at: a, fix: 改甲, basis: 理}
      - {code: L902, title: 二, say: 甲不小于零, that: a>=0, at: a, fix: 改甲, basis: 理}
    """


def test_what_the_nearer_form_does_not_say_comes_from_the_one_it_extends(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("form: f\nextends: base/v\nattachment: 附件1\n")
    (form,) = desk.load()[1].forms
    assert (form.id, form.title, form.columns, form.sheet) == ("f", "共有的标题", (10, 10), "附件1")
    assert list(form.fields) == ["a", "b"]
    assert [check.code for check in form.checks] == ["L901", "L902"]


def test_fields_are_merged_by_name_and_the_nearer_wins(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("""
        form: f
        extends: base/v
        attachment: 附件1
        columns: [10, 10, 10]
        grid: [[$a, $b, $c]]
        fields:
          b: {label: 改了的乙, type: count}
          c: {label: 丙}
        """)
    fields = desk.load()[1].forms[0].fields
    assert {name: (field.label, field.type.name) for name, field in fields.items()} == {
        "a": ("甲", "money"),
        "b": ("改了的乙", "count"),
        "c": ("丙", "text"),
    }


def test_a_grid_replaces_the_whole_grid(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("form: f\nextends: base/v\nattachment: 附件1\ngrid:\n  - [$b, 字]\n  - [$a, 字]\n")
    layout = desk.layout()
    assert [cell(layout, a1).slot.path for a1 in ("A2", "A3")] == ["b", "a"]  # type: ignore[union-attr]


def test_a_check_of_the_same_code_replaces_the_one_it_inherits(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("""
        form: f
        extends: base/v
        attachment: 附件1
        checks:
          - {code: L902, title: 二, say: 甲大于一, that: a>1, at: b, fix: 改, basis: 理, severity: warning}
        """)
    checks = {check.code: check for check in desk.load()[1].forms[0].checks}
    assert list(checks) == ["L901", "L902"]
    assert (checks["L902"].at, checks["L902"].severity) == ("b", Severity.WARNING)


def test_a_chain_may_have_several_links(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    desk.form("form: middle\nextends: base/v\ntitle: 中间的标题\n", "middle/v")
    desk.form("form: f\nextends: middle/v\nattachment: 附件1\n")
    (form,) = desk.load()[1].forms
    assert (form.title, form.columns) == ("中间的标题", (10, 10))


def test_a_fault_in_an_inherited_form_is_told_in_the_file_that_has_it(desk: Desk) -> None:
    path = desk.form(BASE.replace("that: a<=b", "that: a<="), "base/v")
    desk.form("form: f\nextends: base/v\nattachment: 附件1\n")
    place, message = desk.only_problem()
    assert place == ("templates/forms/base/v.yaml", *spot(path, "{code: L901"))
    assert "公式" in message


def test_a_form_that_extends_in_a_circle_is_told_with_the_way_round(desk: Desk) -> None:
    desk.form("form: base\nextends: f/v\n", "base/v")
    desk.form("form: f\nextends: base/v\nattachment: 附件1\n")
    place, message = desk.only_problem()
    assert place == ("templates/forms/base/v.yaml", 2, 1)
    assert "f/v → base/v → f/v" in message


def test_an_unknown_base_is_told_with_the_nearest(desk: Desk) -> None:
    desk.form(BASE, "base/v")
    path = desk.form("form: f\nextends: bsae/v\nattachment: 附件1\n")
    place, message = desk.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, "extends"))
    assert "「bsae/v」" in message
    assert "是不是「base/v」" in message


# -- editions ----------------------------------------------------------------------------------------------------


def test_an_edition_keeps_the_forms_and_parameters_of_its_base_and_changes_what_it_names(desk: Desk) -> None:
    desk.edition("""
        edition: e
        extends: province
        title: 某市
        parameters:
          weight.execution: {value: 15, basis: 市文件}
        forms: [f/city]
        """)
    desk.edition(
        """
        edition: province
        title: 某省
        forms: [f/v, g/v]
        report: province.docx
        parameters:
          weight.execution: {value: 10, basis: 省文件}
          weight.total: {value: 100, basis: 省文件}
        """,
        "province",
    )
    for name in ("f/v", "f/city", "g/v"):
        desk.form(f"form: {name[0]}\nattachment: 附件{name[0]}\ncolumns: [10]\ngrid: [[{name}]]\n", name)
    _, edition = desk.load()
    assert edition.title == "某市"
    assert edition.report == "province.docx"
    assert [f"{form.id}/{form.variant}" for form in edition.forms] == ["f/city", "g/v"]
    assert {name: parameter.value for name, parameter in edition.parameters.items()} == {
        "weight.execution": 15,
        "weight.total": 100,
    }


def test_editions_that_extend_in_a_circle_are_told_with_the_way_round(desk: Desk) -> None:
    desk.edition("edition: e\nextends: p\ntitle: 某市\n")
    desk.edition("edition: p\nextends: e\ntitle: 某省\n", "p")
    place, message = desk.only_problem()
    assert place == ("templates/editions/p.yaml", 2, 1)
    assert "e → p → e" in message


def test_an_unknown_base_edition_is_told_with_the_nearest(desk: Desk) -> None:
    desk.edition("edition: e\nextends: provinec\ntitle: 某市\n")
    desk.edition("edition: province\ntitle: 某省\nforms: [f/v]\n", "province")
    place, message = desk.only_problem()
    assert place == ("templates/editions/e.yaml", 2, 1)
    assert "是不是「province」" in message


def test_an_unknown_form_is_told_where_the_edition_lists_it(desk: Desk) -> None:
    path = desk.edition("edition: e\ntitle: 某市\nforms:\n  - f/v\n  - g/w\n")
    desk.form("form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[甲]]\n")
    desk.form("form: g\nattachment: 附件2\ncolumns: [10]\ngrid: [[甲]]\n", "g/v")
    place, message = desk.only_problem()
    assert place == ("templates/editions/e.yaml", *spot(path, "g/w"))
    assert "是不是「g/v」" in message


def test_the_digest_changes_with_any_file_that_the_edition_is_made_of(desk: Desk) -> None:
    files = [
        desk.edition("edition: e\ntitle: 某市\nforms: [f/v]\n"),
        desk.form(BASE, "base/v"),
        desk.form("form: f\nextends: base/v\nattachment: 附件1\nchecks: [L903]\n"),
        desk.check("check: L903\ntitle: 三\nsay: 三\nthat: a=a\nat: a\nfix: 改\nbasis: 理\n", "L903"),
    ]
    desk.check("check: L904\ntitle: 四\nsay: 四\nthat: a=a\nat: a\nfix: 改\nbasis: 理\n", "L904")
    digests = {desk.load()[1].digest}
    for path in files:
        path.write_text(path.read_text(encoding="utf-8") + "# 改了\n", encoding="utf-8")
        digests.add(desk.load()[1].digest)
    assert len(digests) == 5


def test_the_digest_takes_no_notice_of_checks_it_does_not_use_and_of_line_ends(desk: Desk) -> None:
    path = desk.form(BASE.replace("form: base", "form: f\n    attachment: 附件1"))
    before = desk.load()[1].digest
    desk.check("check: L904\ntitle: 四\nsay: 四\nthat: a=a\nat: a\nfix: 改\nbasis: 理\n", "L904")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert desk.load()[1].digest == before
