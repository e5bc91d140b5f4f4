"""Given data from another system's export: what matches is taken, what does not is told, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.running import run
from tests.roster.desk import library
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.roster import load_roster
from xlsxeval.roster.export_mapping import read_mapping
from xlsxeval.roster.exports import GivenReport, with_export

CAMPAIGN = """\
campaign: c-2024
edition: mof-2020
year: 2024
department: 某某市财政局
units:
  - code: '001'
    name: 某某局
    projects:
      - {name: 道路维护}
      - {name: 路灯电费, given: {fiscal.initial: 5}}
  - {code: '002', name: 某某中心, projects: [{name: 绿化}]}
"""
MAPPING = """\
unit: 单位编码
project: 项目名称
money: 元
fields:
  project!fiscal.initial: 年初预算
  project!fiscal.budget: 调整后预算
  project!goals.expected: 绩效目标
"""
ROWS: list[list[object]] = [
    ["项目库导出", None, None, None, None],
    ["单位编码", "项目名称", "年初预算", "调整后预算", "绩效目标"],
    ["001", "道路维护", 1200500, "1,300,000.00", "维护道路"],
    [None, "路灯电费", 70000, 60000, None],
    ["小计", None, 1270500, 1360000, None],
    ["1", "道路维护", 1, 1, None],
    ["001", "道路维护费", 1, 1, None],
    ["003", "甲", 1, 1, None],
    ["某某中心", "绿化", "约30万", 300000, None],
    ["002", "绿化", None, 310000, None],
]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in ROWS:
        page.append(row)
    page.merge_cells("A1:E1")
    page.merge_cells("A3:A4")
    book.save(tmp_path / "导出.xlsx")
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (tmp_path / "对照.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path / "导出.xlsx"


def taken(export: Path) -> tuple[dict[str, object], GivenReport]:
    campaign, edition = load_campaign(export.parent, library())
    mapping = read_mapping(export.parent / "对照.yaml", edition)
    changed, report = with_export(campaign, edition, export, mapping)
    return {project.name: dict(project.given) for unit in changed.units for project in unit.projects}, report


def test_what_matches_is_taken_in_the_forms_unit(export: Path) -> None:
    given, report = taken(export)
    assert given["道路维护"] == {"fiscal.initial": 120.05, "fiscal.budget": 130.0, "goals.expected": "维护道路"}
    assert given["路灯电费"] == {"fiscal.initial": 5, "fiscal.budget": 6.0}
    assert (report.lines, report.subtotals) == (7, 1)
    assert report.taken == {"年初预算": 1, "调整后预算": 2, "绩效目标": 1}


def test_what_does_not_match_is_told_and_not_guessed(export: Path) -> None:
    given, report = taken(export)
    assert [line.split("：")[0] for line in report.unmatched] == ["第 6 行", "第 7 行", "第 8 行"]
    assert [line.split("：")[0] for line in report.unreadable] == ["第 9 行 年初预算"]
    assert sorted(line.split("：")[0] for line in report.differing) == ["第 10 行 调整后预算", "第 4 行 年初预算"]
    assert given["绿化"] == {}
    assert report.without == ["002 某某中心：绿化"]


def test_it_is_written_into_the_roster(export: Path) -> None:
    looked = run("give", export.parent, export, "--dry-run")
    assert looked.code == 0, looked.said
    assert not (export.parent / "名册.xlsx").exists()
    (export.parent / "campaign.yaml").rename(export.parent / "旧.yaml")
    made = run("new", export.parent / "任务", "--from", export.parent / "旧.yaml")
    assert made.code == 0, made.said
    done = run("give", export.parent / "任务", export, "--mapping", export.parent / "对照.yaml")
    assert done.code == 0, done.said
    assert "取了 2 个：调整后预算" in done.out
    campaign, _ = load_roster(export.parent / "任务" / "名册.xlsx", library())
    assert campaign.units[0].projects[0].given["fiscal.budget"] == 130
    assert (export.parent / "任务" / "名册（旧1）.xlsx").is_file()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("project!fiscal.initial", "project!fiscal.initiall"), "是不是"),
        (("project!fiscal.initial", "project!funds.initial"), "不是由任务给的"),
        (("年初预算", "年初预算数"), "没有「年初预算数」这一列"),
        (("project: 项目名称\n", ""), "哪一列是项目"),
        (("元", "美元"), "money"),
    ],
)
def test_a_wrong_mapping_is_told(export: Path, change: tuple[str, str], said: str) -> None:
    path = export.parent / "对照.yaml"
    path.write_text(MAPPING.replace(*change), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        taken(export)


def test_a_mapping_is_drafted_from_the_columns(export: Path) -> None:
    (export.parent / "对照.yaml").unlink()
    drafted = run("give", export.parent, export, "--draft")
    assert drafted.code == 0, drafted.said
    text = (export.parent / "对照.yaml").read_text(encoding="utf-8")
    assert "unit: 单位编码" in text
    assert "project: 项目名称" in text
    assert run("give", export.parent, export, "--draft").code == 2
