"""A form of each project that names another form of each project means the same project's."""

from __future__ import annotations

from tests.forms.inline import CAMPAIGN, EDITION, Desk, cell
from xlsxeval.model import Address

PROJECTS = CAMPAIGN + "    projects:\n      - {name: 甲项目}\n      - {name: 乙项目}\n"
FORM = """
    form: f
    each: project
    attachment: 附件-{{ project.number }}
    columns: [10]
    grid: [[$paid]]
    fields: {paid: {label: 执行数, type: money}}
    """
TEXT = """
    form: text
    each: project
    sheet: 正文-{{ project.number }}
    columns: [10]
    grid: [[$paid]]
    fields: {paid: {label: 执行数, type: money, formula: f!paid*2}}
    """


def test_each_text_has_the_figures_of_its_own_project(desk: Desk) -> None:
    desk.edition(EDITION.replace("[f/v]", "[f/v, text/v]"))
    desk.form(FORM)
    desk.form(TEXT, "text/v")
    desk.campaign(PROJECTS)
    layout = desk.layout()
    values = layout.compute({Address("附件-1", 1, 1): 3.0, Address("附件-2", 1, 1): 5.0})
    assert [values[cell(layout, "A1", f"正文-{number}").address] for number in (1, 2)] == [6, 10]


def test_a_form_of_the_unit_still_means_all_projects(desk: Desk) -> None:
    desk.edition(EDITION.replace("[f/v]", "[f/v, text/v]"))
    desk.form(FORM)
    desk.form(
        TEXT.replace("    each: project\n", "")
        .replace("正文-{{ project.number }}", "正文")
        .replace("f!paid*2", "SUM(f!paid)"),
        "text/v",
    )
    desk.campaign(PROJECTS)
    layout = desk.layout()
    values = layout.compute({Address("附件-1", 1, 1): 3.0, Address("附件-2", 1, 1): 5.0})
    assert values[cell(layout, "A1", "正文").address] == 8
