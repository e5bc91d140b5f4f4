"""What was typed into a roster is the campaign that the same things in YAML make."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.roster.desk import Desk, library
from tests.roster.script import script
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.resources import samples_directory
from xlsxeval.roster import is_untouched, load_roster

SAMPLES = sorted(path.parent.name for path in samples_directory().glob("*/campaign.yaml"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_typed_into_its_roster_is_the_campaign_of_its_yaml(tmp_path: Path, sample: str) -> None:
    campaign, edition = load_campaign(samples_directory() / sample, library())
    desk = Desk(tmp_path, edition.id)
    for sheet, a1, value in script(campaign, edition):
        desk.sheet(sheet)[a1].value = value
    assert load_roster(desk.save(), library())[0] == replace(campaign, directory=tmp_path)


@pytest.mark.parametrize("edition", library().editions())
def test_the_roster_of_every_edition_needs_a_unit_and_nothing_else(tmp_path: Path, edition: str) -> None:
    desk = Desk(tmp_path, edition)
    assert is_untouched(desk.save())
    assert desk.places() == ["单位"]
    desk.unit()
    (unit,) = desk.load().units
    assert (unit.code, unit.name, unit.projects, unit.given, unit.forms) == ("001", "某某局", (), {}, None)
    assert not is_untouched(desk.path)


def test_the_task_is_read(desk: Desk) -> None:
    desk.sheet("任务")["B6"].value = dt.datetime(2025, 5, 31)
    campaign = desk.load()
    assert (campaign.id, campaign.edition, campaign.year) == ("shili-2024", "hunan-2024", 2024)
    assert (campaign.department, campaign.deadline) == ("某某市财政局", dt.date(2025, 5, 31))


def test_forms_that_a_unit_does_not_fill_in_are_left_out(desk: Desk) -> None:
    desk.write("单位", 3, 附件1="不填", 附件2="填")
    assert desk.load().units[0].forms == ("guide", "overall", "project", "fund", "capital", "insurance", "narrative")


def test_a_project_without_department_has_the_units_name(desk: Desk) -> None:
    desk.project()
    (project,) = desk.load().units[0].projects
    assert (project.name, project.department, project.unit) == ("某某专项", "某某局", "某某局")


def test_indicators_go_to_their_project_or_to_the_unit(desk: Desk) -> None:
    desk.project()
    desk.indicators([90], project="某某专项")
    desk.indicators([60, 30], first=4)
    (unit,) = desk.load().units
    assert [line["weight"] for line in unit.projects[0].given["indicators"]] == [90]
    assert [line["weight"] for line in unit.given["overall"]["indicators"]] == [60, 30]


def test_figures_go_to_their_form_project_and_line(desk: Desk) -> None:
    desk.project()
    desk.write("上年数", 3, 单位代码="001", 附件="附件1", 字段="公车购置（上年决算数）", 值=12.5)
    desk.write("上年数", 4, 单位代码="001", 附件="附件1", 字段="本级专项资金名称", 第几行=2, 值="乙")
    desk.write("上年数", 5, 单位代码="001", 附件="附件1", 字段="本级专项资金名称", 第几行=1, 值="甲")
    desk.write("上年数", 6, 单位代码="001", 附件="附件3", 项目名称="某某专项", 字段="其它资金（年初预算数）", 值=0)
    (unit,) = desk.load().units
    assert unit.given == {"basic": {"purchase.previous": 12.5, "specials": [{"name": "甲"}, {"name": "乙"}]}}
    assert unit.projects[0].given == {"other.initial": 0}


def test_examples_blank_lines_and_columns_of_ones_own_are_not_read(desk: Desk) -> None:
    desk.unit(row=7, code="002")
    desk.sheet("单位")["K1"].value = "联系人"
    desk.sheet("单位")["K3"].value = "某某"
    desk.sheet("单位")["A5"].value = "  "
    assert [unit.code for unit in desk.load().units] == ["001", "002"]


def test_columns_are_found_by_their_headers(desk: Desk) -> None:
    page = desk.sheet("单位")
    page.move_range("A1:B3", cols=20)
    assert [(unit.code, unit.name) for unit in desk.load().units] == [("001", "某某局")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("001 ", "001", id="trailing blank"),
        pytest.param("　００１\u00a0", "001", id="full-width"),
        pytest.param(430200101, "430200101", id="a number with all its digits"),
        pytest.param("A-01", "A-01", id="letters"),
        pytest.param("\ufeff001", "001", id="invisible signs"),
    ],
)
def test_codes_are_put_right_where_that_is_certain(desk: Desk, typed: object, read: str) -> None:
    desk.unit(code=typed)
    assert desk.load().units[0].code == read


def test_a_number_that_its_format_shows_with_zeros_is_the_code_shown(desk: Desk) -> None:
    desk.unit(code=12)
    desk.sheet("单位")["A3"].number_format = "000000"
    assert desk.load().units[0].code == "000012"


@pytest.mark.parametrize("typed", [90, 90.0, "90", "９０", " 90 ", "'90"])
def test_numbers_stored_as_text_are_numbers(desk: Desk, typed: object) -> None:
    desk.indicators([typed])
    assert desk.load().units[0].given["overall"]["indicators"][0]["weight"] == 90


@pytest.mark.parametrize(
    "typed", ["2025-05-31", "2025.5.31", "2025年5月31日", "２０２５/５/３１", dt.date(2025, 5, 31)]
)
def test_dates_stored_as_text_are_dates_where_that_is_certain(desk: Desk, typed: object) -> None:
    desk.sheet("任务")["B6"].value = typed
    assert desk.load().deadline == dt.date(2025, 5, 31)


@pytest.mark.parametrize(
    ("typed", "number_format", "read"),
    [
        ("≥９５％ 以上", "@", "≥９５％ 以上"),
        ("95", "@", "95"),
        (95, "General", "95"),
        (0.95, "0%", "95%"),
        (0.9691, "0.00%", "96.91%"),
        (dt.datetime(2024, 12, 31), "yyyy-mm-dd", "2024-12-31"),
    ],
)
def test_a_text_is_as_it_was_written_or_as_the_cell_shows_it(
    desk: Desk, typed: object, number_format: str, read: str
) -> None:
    desk.indicators([90])
    cell = desk.sheet("指标").cell(3, desk.column("指标", "年度指标值"))
    cell.value, cell.number_format = typed, number_format
    assert desk.load().units[0].given["overall"]["indicators"][0]["target"] == read
