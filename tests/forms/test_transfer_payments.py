"""The self-evaluation of a transfer payment, a form without weights and scores, from its definition to the report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli.running import run
from tests.support.yaml_files import read_yaml
from xlsxeval.resources import templates_directory

SOURCE = Path(__file__).resolve().parents[1] / "support" / "transfer"


@dataclass(frozen=True)
class Office:
    """A folder with the templates of a city that has this form, and a campaign."""

    folder: Path

    def run(self, *arguments: str, code: int = 0) -> str:
        done = run("--templates", str(self.folder / "templates"), *arguments)
        assert done.code == code, done.out + done.err
        return done.out

    def found(self, changes: Mapping[int, Mapping[str, Any]], *, code: int = 1) -> list[tuple[str, str, str]]:
        """Code, severity and field of what is found in a return with other values in these lines."""
        values = read_yaml(SOURCE / "values.yaml")
        for line, fields in changes.items():
            values["附件1"]["indicators"][line - 1] |= fields
        (self.folder / "values.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        (blank,) = (self.folder / "campaign" / "下发").glob("*.xlsx")
        returned = self.folder / "campaign" / "收回" / blank.name
        returned.parent.mkdir(exist_ok=True)
        self.run("fill", str(blank), str(self.folder / "values.json"), "-o", str(returned), "--force")
        told = self.run(
            "check", str(returned), "--campaign", str(self.folder / "campaign"), "--format", "json", "--fail-on", "warning",
            code=code,
        )  # fmt: skip
        findings = json.loads(told)["files"][0]["findings"]
        return [(one["code"], one["severity"], one["field"]) for one in findings]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The forms are proved and sent out once for all tests."""
    folder = tmp_path_factory.mktemp("transfer")
    templates = folder / "templates"
    shutil.copytree(templates_directory() / "checks", templates / "checks")
    for name, place in (("edition", "editions/transfer-2024"), ("form", "forms/transfer/region")):
        (templates / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOURCE / f"{name}.yaml", templates / f"{place}.yaml")
    (templates / "reports").mkdir()
    report = Document(str(templates_directory() / "reports" / "mof-2020.docx"))  # for its styles
    for part in list(report.element.body)[:-1]:
        report.element.body.remove(part)
    report.add_paragraph("{{ unit.name }}{{ year }}年度转移支付绩效自评")
    report.add_paragraph("{{p attachments }}")
    report.save(str(templates / "reports" / "transfer-2024.docx"))
    (folder / "campaign").mkdir()
    shutil.copy(SOURCE / "campaign.yaml", folder / "campaign")
    made = Office(folder)
    made.run("generate", str(folder / "campaign"), "-o", str(folder / "campaign" / "下发"))
    return made


def test_the_definition_is_proved(office: Office) -> None:
    assert office.run("lint", "transfer-2024") == ""
    assert office.run("lint", str(office.folder / "campaign")) == ""


def test_a_right_return_gives_nothing_and_makes_a_report(office: Office) -> None:
    assert office.found({}, code=0) == []
    office.run("report", str(office.folder / "campaign"), "-o", str(office.folder / "reports"))
    (report,) = (office.folder / "reports").glob("*.docx")
    cells = {cell.text for table in Document(str(report)).tables for row in table.rows for cell in row.cells}
    assert {"812户", "99.22%", "未完成原因和改进措施"} <= cells


REASON = "年初旱情推迟了播种，部分农户没有报名；下一年提前一个月组织申报。"


@pytest.mark.parametrize(
    ("line", "fields", "told"),
    [
        (1, {"actual": "610户"}, [("S115", "error", "reason")]),
        (1, {"actual": "610户", "reason": "无"}, [("S115", "error", "reason")]),
        (1, {"actual": "610户", "reason": "详见附件。"}, [("S115", "error", "reason")]),
        (2, {"actual": "85%"}, [("S115", "error", "reason")]),
        (3, {"actual": "2025年1月"}, [("S115", "error", "reason")]),
        (3, {"actual": "未完成"}, [("S115", "error", "reason")]),
        (4, {"actual": "约5600元"}, [("S115", "error", "reason")]),
        (7, {"actual": "不足85%"}, [("S115", "error", "reason")]),
        (1, {"actual": "1640户"}, [("S106", "warning", "reason")]),
        (1, {"actual": "1640户", "reason": "超额完成任务"}, [("S106", "warning", "reason")]),
        (7, {"actual": "满意"}, [("V121", "error", "actual")]),
        (7, {"actual": "90%左右"}, [("V122", "warning", "actual")]),
        (7, {"actual": "≥90%"}, [("V111", "error", "actual")]),
        (1, {"actual": "2300人"}, [("V112", "warning", "actual")]),
    ],
)
def test_a_wrong_line_is_told_at_its_cell(
    office: Office, line: int, fields: Mapping[str, Any], told: list[tuple[str, str, str]]
) -> None:
    wanted = [(code, severity, f"indicators[{line}].{name}") for code, severity, name in told]
    assert office.found({line: fields}, code=1 if told else 0) == wanted


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (1, {"actual": "610户", "reason": REASON}),
        (1, {"actual": "1640户", "reason": "年中上级追加两批资金，补助范围扩大到全县。"}),
        (1, {"actual": "812户（其中脱贫户240户）"}),
        (2, {"actual": "全部合格"}),
        (4, {"actual": "0.488万元", "reason": ""}),
        (7, {"actual": "百分之九十三"}),
    ],
)
def test_a_right_line_in_other_words_is_not_told(office: Office, line: int, fields: Mapping[str, Any]) -> None:
    assert [one for one in office.found({line: fields}, code=0 if line != 4 else 1) if one[0] != "V112"] == []
