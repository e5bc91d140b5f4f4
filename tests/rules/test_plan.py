"""What a campaign gives is judged once, at ``lint``, at its line or its cell; no unit is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from xlsxeval.api import new_roster, open_campaign
from xlsxeval.cli import cli
from xlsxeval.errors import Problem

TOLD = {
    "S109": "产出指标",
    "V113": "95%",
    "V114": "≥100%",
    "V115": "90、80",
    "V116": "有所提升",
    "V102": "数量指标",
    "V104": "数量指标",
    "V103": "经济效益指标",
}
CAMPAIGN = """\
campaign: given
edition: mof-2020
year: 2024
department: 某某市财政局
units:
  - code: '001'
    name: 某某局
    projects:
      - name: 业务培训
        indicators:
          - {level1: 产出指标, level2: 数量指标, level3: 数量指标, target: ≥200人次, weight: 20}
          - {level1: 产出指标, level2: 质量指标, level3: 考试合格率, target: 95%, weight: 20}
          - {level1: 产出指标, level2: 经济效益指标, level3: 到课率, target: ≥100%, weight: 20}
          - {level1: 效益指标, level2: 社会效益指标, level3: 业务能力, target: 有所提升, weight: 20}
          - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 学员满意度, target: 90、80, weight: 10}
"""
RIGHT = """\
campaign: right
edition: mof-2020
year: 2024
department: 某某市财政局
units:
  - code: '001'
    name: 某某局
    projects:
      - name: 业务培训
        indicators:
          - {level1: 产出指标, level2: 数量指标, level3: 培训人次, target: ≥200人次, weight: 20}
          - {level1: 产出指标, level2: 质量指标, level3: 考试合格率, target: 100%, weight: 15}
          - {level1: 产出指标, level2: 时效指标, level3: 完成时间, target: 12月底前, weight: 5}
          - {level1: 产出指标, level2: 成本指标, level3: 人均成本, target: ≤500元, weight: 10}
          - {level1: 效益指标, level2: 社会效益指标, level3: 编写教材, target: 3套, weight: 30}
          - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 学员满意度, target: ≥90%, weight: 10}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    return tmp_path


def codes(problems: list[Problem]) -> list[str]:
    return sorted(problem.message.split()[0] for problem in problems)


def test_every_rule_about_the_plan_speaks_at_the_line_of_the_campaign(folder: Path) -> None:
    problems = open_campaign(folder).lint()
    lines = CAMPAIGN.splitlines()
    assert codes(problems) == sorted(TOLD)
    for problem in problems:
        assert problem.warning
        assert TOLD[problem.message.split()[0]] in lines[problem.line - 1]
        assert lines[problem.line - 1][problem.column - 1 :].split(":")[0] in ("level1", "level2", "level3", "target")


def test_of_a_roster_at_the_cell(folder: Path, tmp_path: Path) -> None:
    text = (folder / "campaign.yaml").read_text(encoding="utf-8")
    (folder / "campaign.yaml").write_text(text.replace("某某市财政局", "某某县财政局"), encoding="utf-8")
    new_roster(tmp_path / "名册", folder)
    (roster,) = (tmp_path / "名册").glob("*.xlsx")
    problems = open_campaign(roster).lint()
    assert codes(problems) == sorted(TOLD)
    sheet = load_workbook(roster)["指标"]
    for problem in problems:
        cell = problem.file.rpartition("!")[2]
        assert str(sheet[cell].value) == TOLD[problem.message.split()[0]]


def test_the_command_reminds_and_goes_on(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["lint", str(folder)])
    assert result.exit_code == 0
    assert result.output.count("提醒 ") == len(TOLD)
    assert "写成“≥85%”或“≤85%”" in result.output


def test_what_is_right_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text(RIGHT, encoding="utf-8")
    assert open_campaign(tmp_path).lint() == []


def test_a_rule_that_the_campaign_switched_off_is_silent(folder: Path) -> None:
    (folder / "campaign.yaml").write_text(f"{CAMPAIGN}rules: {{V116: off, V113: off}}\n", encoding="utf-8")
    assert codes(open_campaign(folder).lint()) == sorted(TOLD.keys() - {"V116", "V113"})


def test_no_unit_is_told(folder: Path, tmp_path: Path) -> None:
    campaign = open_campaign(folder)
    campaign.generate(tmp_path / "下发")
    (workbook,) = (tmp_path / "下发").glob("*.xlsx")
    found = {finding.code for finding in campaign.check(workbook).findings}
    assert "V040" in found
    assert not found & TOLD.keys()
