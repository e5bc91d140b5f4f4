"""What goes out: one workbook a unit or one an attachment, alone or in archives, the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.cli.running import run
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.resources import templates_directory
from xlsxeval.results.distribution import Distributor
from xlsxeval.rules.engine import judge

CAMPAIGN = """
campaign: shili-2024
edition: hunan-2024
year: 2024
department: 某某市财政局
deadline: 2025-05-31
units:
  - {code: "001", name: 某某局, projects: [{name: 某某专项}]}
  - {code: "002", name: 某某中心}
  - {code: "003", name: "=某某站"}
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "任务"
    folder.mkdir()
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    return folder


def test_a_unit_gets_one_workbook_and_the_list_names_it_with_its_digest(campaign: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("generate", campaign, "-o", out).code == 0
    with io.StringIO((out / "下发清单.csv").read_text(encoding="utf-8-sig"), newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["单位代码"] for row in rows] == ["001", "002", "003"]
    assert rows[2]["单位名称"] == "'=某某站"
    for row in rows:
        assert hashlib.sha256((out / row["文件"]).read_bytes()).hexdigest() == row["SHA-256"]
    assert sorted(path.name for path in out.iterdir()) == sorted([row["文件"] for row in rows] + ["下发清单.csv"])


def test_the_same_campaign_gives_the_same_bytes_in_one_process_and_in_two(campaign: Path, tmp_path: Path) -> None:
    for folder, jobs in (("one", "1"), ("two", "2")):
        assert run("generate", campaign, "-o", tmp_path / folder, "--zip", "--split", "-j", jobs).code == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 4
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_parts_are_known_by_their_seal_and_leave_the_checks_between_them_to_the_collection(
    campaign: Path, tmp_path: Path
) -> None:
    assert run("generate", campaign, "-o", tmp_path / "out", "--split", "--unit", "001").code == 0
    context, found = Context(Library(templates_directory())), {}
    for path in sorted((tmp_path / "out").rglob("*.xlsx")):
        returned = read_returned(path.name, path.read_bytes(), context, Layouts())
        assert returned.submission is not None
        assert {finding.code for finding in judge(returned).findings} <= {"V040", "V042"}
        found[returned.submission.identity.seal.part] = returned.submission.layout
    assert sorted(str(part) for part in found) == ["报告正文", "附件1", "附件2", "附件3-1", "附件4", "附件5", "附件6"]
    overall = found["附件2"]
    assert [sheet.name for sheet in overall.sheets] == ["填报说明", "附件2", "自查"]
    assert not {"X101", "X102", "X109"} & {placed.check.code for placed in overall.checks}
    note = next(cell.value for cell in overall.sheets[-1].cells if cell.look.role == "note")
    assert "另有 4 项" in str(note)


def test_an_archive_holds_the_workbooks_and_a_notice_that_names_them(campaign: Path, tmp_path: Path) -> None:
    assert run("generate", campaign, "-o", tmp_path / "out", "--zip", "--unit", "001").code == 0
    (archive,) = (tmp_path / "out").glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        notice = Document(io.BytesIO(opened.read("填报通知.docx")))
    text = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    assert names == ["填报通知.docx", "001 某某局 2024年度绩效自评.xlsx"]
    assert "某某局" in text
    assert "001 某某局 2024年度绩效自评" in text
    assert "2025年5月31日" in text.replace(" ", "")


@pytest.mark.parametrize("options", [(), ("--split",), ("--zip",), ("--zip", "--split")], ids=" ".join)
def test_all_that_is_in_the_way_is_told_before_anything_is_made(
    campaign: Path, tmp_path: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run("generate", campaign, "-o", out, *options, "--unit", "001", "--unit", "003", "--unit", "001").code == 0
    made = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert {path.relative_to(out).parts[0][:3] for path in made} == {"001", "003"}
    monkeypatch.setattr(Distributor, "__call__", lambda *_: pytest.fail("made before it was asked"))
    refused = run("generate", campaign, "-o", out, *options)
    assert refused.code == 2
    assert [line for path in made for line in refused.err.splitlines() if line.strip() == str(path)] == [
        f"  {path}" for path in made
    ]
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == made


def test_only_what_is_not_there_yet_and_then_all_of_it_by_force(campaign: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("generate", campaign, "-o", out, "--unit", "001").code == 0
    assert run("generate", campaign, "-o", out, "--unit", "002", "--unit", "003").code == 0
    assert run("generate", campaign, "-o", out, "--force").code == 0
    assert len(list(out.glob("*.xlsx"))) == 3


def test_nothing_is_left_behind_where_a_file_is_in_the_way(campaign: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "002 某某中心 2024年度绩效自评.xlsx").write_bytes(b"filled in by somebody")
    before = sorted(out.iterdir())
    assert run("generate", campaign, "-o", out).code == 2
    assert sorted(out.iterdir()) == before
    assert before[0].read_bytes() == b"filled in by somebody"
