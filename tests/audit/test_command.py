"""The command: many reports, formats, the summary table, exit codes, users' mistakes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.support.published.files import as_page, as_word
from tests.support.published.sources import made_right, published
from xlsxeval.api import audit


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "益阳.docx").write_bytes(as_word(published("yiyang-2022"))[0])
    (folder / "改对.html").write_bytes(as_page(made_right("yiyang-2022"))[0])
    (folder / "坏.docx").write_bytes(b"no report")
    return folder


def test_many_reports_and_their_summary(reports: Path, tmp_path: Path) -> None:
    out, table = tmp_path / "核对.json", tmp_path / "汇总.csv"
    done = run("audit", str(reports), "-o", str(out), "--summary", str(table), "-j", "1")
    assert done.code == 1
    assert "3 份报告，认出 2 张自评表，核对了 2 张" in done.err
    files = {Path(file["path"]).name: file for file in json.loads(out.read_text(encoding="utf-8"))["files"]}
    assert files["坏.docx"]["status"] == "rejected"
    places = {(one["code"], one["sheet"], one["cell"]) for one in files["益阳.docx"]["findings"]}
    assert ("V111", "表1", "第13行第6格") in places
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:5] == ["文件", "单位", "认出的表", "核对的表", "错误"]
    assert rows[-1][:2] == ["合计", "3 份"]


def test_a_right_report_has_no_errors(reports: Path) -> None:
    done = run("audit", str(reports / "改对.html"))
    assert done.code == 0
    assert "没有封印，不查改动" in done.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["没有.docx"], "没有这个文件"),
        (["{reports}/益阳.docx", "-o", "{reports}/益阳.docx"], "不能写在上面"),
        (["{reports}/益阳.docx", "--edition", "某地-2030"], "某地-2030"),
    ],
)
def test_mistakes_are_told(reports: Path, arguments: list[str], told: str) -> None:
    done = run("audit", *(word.format(reports=reports) for word in arguments))
    assert done.code == 2
    assert told in done.err


def test_an_edition_brings_its_parameters(reports: Path) -> None:
    plain = {one.code for one in audit(reports / "益阳.docx").verdict.findings}
    local = {one.code for one in audit(reports / "益阳.docx", edition="mof-2020").verdict.findings}
    assert "V104" not in plain
    assert "V104" in local
