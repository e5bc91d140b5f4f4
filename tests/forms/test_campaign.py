"""The campaign: units, projects and given figures, with every fault at its line."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.forms.inline import CAMPAIGN, Desk, cell, spot

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10]
    grid:
      - [$posts, $rate]
      - repeat: lines
        lines: 2
        line: [$name, $amount]
      - [$level, $date]
    fields:
      posts: {label: 编制数, type: count}
      rate: {label: 率, type: percent, formula: posts/100}
      level: {label: 等级, type: choice, choices: [优, 良]}
      date: {label: 日期, type: date}
      lines.name: {label: 名称}
      lines.amount: {label: 金额, type: money}
    """

PROJECT_FORM = """
    form: g
    each: project
    attachment: 附件2-{{ project.number }}
    columns: [10]
    grid:
      - [$department]
      - [$amount]
      - repeat: indicators
        lines: 2
        line: [$name]
    fields:
      department: {label: 主管部门, given: project.department}
      amount: {label: 金额, type: money}
      indicators.name: {label: 指标}
    """


@pytest.fixture
def forms(desk: Desk) -> Desk:
    desk.edition("edition: e\ntitle: 测试版本\nforms: [f/v, g/v]\n")
    desk.form(FORM)
    desk.form(PROJECT_FORM, "g/v")
    return desk


def test_a_campaign_names_units_projects_and_a_deadline(forms: Desk) -> None:
    forms.campaign(
        CAMPAIGN
        + """\
    projects:
      - name: 甲
      - {name: 乙, department: 某某厅, indicators: [{name: 指标一}], given: {amount: 3}}
"""
    )
    campaign, _ = forms.load()
    assert (campaign.id, campaign.year, campaign.department) == ("c", 2024, "某某市财政局")
    assert campaign.deadline == dt.date(2025, 5, 31)
    first, second = campaign.units[0].projects
    assert (first.name, first.department, first.unit) == ("甲", "某某局", "某某局")
    assert second.department == "某某厅"
    layout = forms.layout()
    assert [cell(layout, a1, "附件2-2").value for a1 in ("A1", "A2", "A3")] == ["某某厅", 3, "指标一"]
    assert [cell(layout, a1, "附件2-1").value for a1 in ("A1", "A2", "A3")] == ["某某局", None, None]


def test_a_code_written_as_a_number_is_its_digits(forms: Desk) -> None:
    forms.campaign(CAMPAIGN.replace("'001'", "430200101"))
    assert forms.load()[0].units[0].code == "430200101"


@pytest.mark.parametrize("deadline", ["2025-05-31", "'2025-05-31'"])
def test_a_deadline_is_a_date_with_or_without_quotes(forms: Desk, deadline: str) -> None:
    forms.campaign(CAMPAIGN.replace("'2025-05-31'", deadline))
    assert forms.load()[0].deadline == dt.date(2025, 5, 31)


def test_a_campaign_may_be_without_a_deadline(forms: Desk) -> None:
    forms.campaign(CAMPAIGN.replace("deadline: '2025-05-31'\n", ""))
    assert forms.load()[0].deadline is None


def test_last_years_campaign_is_found_from_where_this_one_stands(forms: Desk) -> None:
    forms.campaign(CAMPAIGN)
    assert forms.load()[0].last_year is None
    forms.campaign(CAMPAIGN + "last_year: ../2023任务\n")
    assert forms.load()[0].last_year == forms.folder / "../2023任务"


def test_a_unit_may_fill_in_some_forms_only(forms: Desk) -> None:
    forms.campaign(CAMPAIGN + "    forms: [f]\n    projects: [{name: 甲}]\n")
    assert [sheet.name for sheet in forms.layout().sheets] == ["附件1", "自查"]


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        pytest.param("edition: e", "edition: ee", "edition:", ["「ee」", "是不是「e」"], id="unknown edition"),
        pytest.param("campaign: c", "campaign: 任务 一", "campaign:", ["任务"], id="campaign with blanks"),
        pytest.param("year: 2024", "year: 24", "year:", ["year"], id="year of two digits"),
        pytest.param("year: 2024", "year: 二〇二四", "year:", ["整数"], id="year in words"),
        pytest.param("'2025-05-31'", "五月底", "deadline:", ["2025-05-31"], id="deadline in words"),
        pytest.param("'2025-05-31'", "2025-02-30", "deadline:", ["2025-05-31"], id="deadline of no calendar"),
        pytest.param("'2025-05-31'", "20250531", "deadline:", ["2025-05-31"], id="deadline as a number"),
        pytest.param("'001'", "某局/1", "code:", ["某局/1"], id="code with a slash"),
        pytest.param("'001'", "'../1'", "code:", ["../1"], id="code that climbs out of the folder"),
        pytest.param("'001'", "''", "code:", ["单位代码"], id="blank code"),
        pytest.param("name: 某某局", "name: ' '", "name:", ["单位名称"], id="blank name"),
        pytest.param("year: 2024", "year: 2024\nlast_year: ' '", "last_year:", ["上年任务"], id="blank last year"),
        pytest.param("year: 2024", "year: 2024\nlimits: {second: 9}", "second:", ["「seconds」"], id="unknown limit"),
        pytest.param("year: 2024", "year: 2024\nlimits: {cells: 1}", "cells:", ["10,000"], id="limit out of bounds"),
        pytest.param("year: 2024", "year: 2024\nlimits: {cells: 多}", "cells:", ["整数"], id="limit in words"),
        pytest.param("    name: 某某局", "    nmae: 某某局", "- code", ["name"], id="no name"),
    ],
)
def test_a_fault_is_told_at_its_place(forms: Desk, before: str, after: str, at: str, words: list[str]) -> None:
    path = forms.campaign(CAMPAIGN.replace(before, after, 1))
    found = {forms.place(problem): problem.message for problem in forms.problems()}
    line, column = spot(path, at)
    place = ("campaign.yaml", line, column + 2 if at.startswith("- ") else column)
    assert place in found
    for word in words:
        assert word in found[place]


def test_two_units_of_one_code_are_told_at_the_second(forms: Desk) -> None:
    path = forms.campaign(CAMPAIGN + "  - code: '001'\n    name: 某某二局\n")
    place, message = forms.only_problem()
    assert place == ("campaign.yaml", *spot(path, "code:", 2))
    assert "「001」" in message


def test_two_codes_that_name_one_file_are_told(forms: Desk) -> None:
    path = forms.campaign(CAMPAIGN.replace("'001'", "ab1") + "  - code: AB1\n    name: 某某局\n")
    place, message = forms.only_problem()
    assert place == ("campaign.yaml", *spot(path, "code:", 2))
    assert "AB1" in message


def test_a_campaign_of_no_units_is_told(forms: Desk) -> None:
    path = forms.campaign(CAMPAIGN.split("units:", maxsplit=1)[0] + "units: []\n")
    place, message = forms.only_problem()
    assert place == ("campaign.yaml", *spot(path, "units:"))
    assert "单位" in message


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        pytest.param("forms: [f, h]", "h]", ["「h」"], id="an unknown form to fill in"),
        pytest.param("given: {ff: {posts: 1}}", "ff:", ["「ff」", "是不是「f」"], id="an unknown form"),
        pytest.param("given: {f: {pots: 1}}", "pots", ["「pots」", "是不是「posts」"], id="an unknown field"),
        pytest.param("given: {f: {rate: 0.5}}", "rate", ["rate", "公式"], id="a computed field"),
        pytest.param("given: {f: {posts: 二十}}", "posts", ["编制数", "二十"], id="a text for a number"),
        pytest.param("given: {f: {posts: true}}", "posts", ["编制数"], id="a switch for a number"),
        pytest.param("given: {f: {posts: [1, 2]}}", "posts", ["编制数"], id="a list for a number"),
        pytest.param("given: {f: {level: 中}}", "level", ["等级", "「中」", "优"], id="none of the choices"),
        pytest.param("given: {f: {date: 五月}}", "date", ["日期", "五月"], id="no date"),
        pytest.param("given: {f: {lines: 3}}", "lines", ["lines"], id="a number for lines"),
        pytest.param("given: {f: {lines: [甲]}}", "lines", ["lines"], id="a text for a line"),
        pytest.param(
            "given: {f: {lines: [{nmae: 甲}]}}", "nmae", ["「nmae」", "是不是「name」"], id="a field of a line"
        ),
        pytest.param("given: {f: {lines: [{amount: 甲}]}}", "amount", ["金额", "甲"], id="a text for money in a line"),
        pytest.param("projects: [{name: 甲, given: {amuont: 3}}]", "amuont", ["「amuont」"], id="a project's field"),
        pytest.param("projects: [{name: 甲, given: {amount: 三}}]", "amount", ["金额"], id="a project's wrong value"),
        pytest.param(
            "projects: [{name: 甲, indicators: [{nam: 乙}]}]", "nam: 乙", ["「nam」"], id="a project's indicator"
        ),
        pytest.param("projects: [{name: 甲}, {name: 甲}]", "name: 甲}]", ["「甲」"], id="two projects of one name"),
        pytest.param("projects: [{nam: 甲}]", "nam: 甲", ["「nam」"], id="a misspelt key of a project"),
    ],
)
def test_a_fault_of_what_is_given_is_told_at_its_place(forms: Desk, text: str, at: str, words: list[str]) -> None:
    path = forms.campaign(CAMPAIGN + f"    {text}\n")
    found = {forms.place(problem): problem.message for problem in forms.problems()}
    place = ("campaign.yaml", *spot(path, at))
    assert place in found
    for word in words:
        assert word in found[place]


def test_all_faults_are_told_at_once(forms: Desk) -> None:
    forms.campaign(
        CAMPAIGN.replace("campaign: c", "campaign: c c")
        + "    given: {f: {pots: 1, rate: 2}}\n  - code: '001'\n    name: 某某二局\n"
    )
    assert len(forms.problems()) == 4


def test_projects_without_a_form_for_them_are_told(desk: Desk) -> None:
    desk.form(FORM)
    path = desk.campaign(CAMPAIGN + "    projects:\n      - name: 甲\n")
    place, message = desk.only_problem()
    assert place[0] == "campaign.yaml"
    assert place[1] == spot(path, "name: 甲")[0]
    assert "项目" in message
