"""``report``: drafts, what is written with errors, many units at once, the department's own report, PDF."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Office
from tests.cli.running import CAMPAIGN, VALUES, files_below, run
from xlsxeval.report import OPEN_ERRORS
from xlsxeval.results.documents import DocumentKind, document_name

TITLE = "001 某某局 2024年度绩效自评报告"
CONSOLIDATED = "某某市财政局 2024年度绩效自评汇总报告"


def wrong(office: Office, folder: Path) -> Path:
    """The filled workbook with one error: more points than a line has."""
    folder.mkdir(parents=True, exist_ok=True)
    values = folder.parent / "wrong.yaml"
    values.write_text("附件2:\n  indicators[1].score: 6\n", encoding="utf-8")
    path = folder / "填好的.xlsx"
    assert run("fill", office.filled, values, "-o", path).code == 0
    return path


@pytest.fixture(scope="module")
def spoiled(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wrong(office, tmp_path_factory.mktemp("spoiled") / "收回")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def watermarks(path: Path) -> set[str]:
    section = Document(str(path)).sections[0]
    headers = (section.header, section.first_page_header, section.even_page_header)
    return {text for header in headers for text in header._element.xpath(".//*[local-name()='textpath']/@string")}


def test_errors_hold_a_report_back_and_are_named(office: Office, spoiled: Path, tmp_path: Path) -> None:
    done = run("report", office.campaign, "--from", spoiled, "-o", tmp_path / "out")
    assert done.code == 1
    assert "S101" in done.err
    assert not (tmp_path / "out").exists()


def test_a_forced_one_has_the_watermark_and_a_clean_one_has_none(office: Office, spoiled: Path, tmp_path: Path) -> None:
    assert run("report", office.campaign, "--from", spoiled, "-o", tmp_path / "a", "--force").code == 0
    assert run("report", office.campaign, "--from", office.filled, "-o", tmp_path / "b", "--force").code == 0
    assert names(tmp_path / "a") == [document_name(TITLE, DocumentKind.FORCED)]
    assert names(tmp_path / "b") == [document_name(TITLE, DocumentKind.FINAL)]
    assert watermarks(tmp_path / "a" / document_name(TITLE, DocumentKind.FORCED)) == {OPEN_ERRORS}
    assert watermarks(tmp_path / "b" / document_name(TITLE, DocumentKind.FINAL)) == set()


def test_a_draft_marks_what_is_open_and_leaves_the_final_report_alone(
    office: Office, spoiled: Path, tmp_path: Path
) -> None:
    final = tmp_path / document_name(TITLE, DocumentKind.FINAL)
    final.write_bytes(b"edited in Word")
    done = run("report", office.campaign, "--from", spoiled, "-o", tmp_path, "--draft")
    assert done.code == 0, done.err
    draft = tmp_path / document_name(TITLE, DocumentKind.DRAFT)
    assert names(tmp_path) == sorted([final.name, draft.name])
    assert final.read_bytes() == b"edited in Word"
    checked = run("check", spoiled, "--campaign", office.campaign, "--format", "concise")
    codes = re.findall(r" ([A-Z]\d{3}) (?:error|warning|info)", checked.out)
    comments = list(Document(str(draft)).comments)
    assert "S101" in codes
    assert sorted(comment.text.split()[0] for comment in comments) == sorted(codes)
    assert watermarks(draft) == {OPEN_ERRORS}


def test_a_draft_of_a_clean_return_has_no_watermark(office: Office, tmp_path: Path) -> None:
    assert run("report", office.campaign, "--from", office.filled, "-o", tmp_path, "--draft").code == 0
    assert watermarks(tmp_path / document_name(TITLE, DocumentKind.DRAFT)) == set()


def test_an_edited_draft_is_set_aside_and_so_are_drafts_when_the_final_comes(office: Office, tmp_path: Path) -> None:
    for kind in (DocumentKind.DRAFT, DocumentKind.FORCED):
        (tmp_path / document_name(TITLE, kind)).write_bytes(b"edited in Word")
    assert run("report", office.campaign, "--from", office.filled, "-o", tmp_path).code == 0
    kept = [path for path in tmp_path.iterdir() if path.read_bytes() == b"edited in Word"]
    assert len(kept) == 2
    assert all("旧1" in path.name for path in kept)
    assert len(names(tmp_path)) == 3


def test_a_long_name_of_a_unit_never_loses_the_mark() -> None:
    made = {document_name("001 " + "很长的名字" * 40, kind) for kind in DocumentKind}
    assert len(made) == len(DocumentKind)
    assert all(len(name.encode()) <= 255 for name in made)


@dataclass(frozen=True)
class Three:
    """A campaign of three units, of which two sent something."""

    campaign: Path
    returned: Path


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Three:
    folder = tmp_path_factory.mktemp("three")
    campaign = folder / "任务"
    campaign.mkdir()
    text = (CAMPAIGN / "campaign.yaml").read_text(encoding="utf-8")
    head, _, unit = text.partition("units:\n")
    units = [unit.replace("'001'", f"'00{n}'").replace("某某局", f"第{n}局") for n in (1, 2, 3)]
    (campaign / "campaign.yaml").write_text(head + "units:\n" + "".join(units), encoding="utf-8")
    made = run("generate", campaign, "-o", folder / "下发")
    assert made.code == 0, made.err
    for path in made.out.split("\n")[:2]:
        assert run("fill", path, VALUES, "-o", campaign / "收回" / Path(path).name).code == 0
    return Three(campaign, campaign / "收回")


def test_one_bad_file_never_stops_the_others_and_the_end_says_what_became_of_all(three: Three, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 no workbook")
    done = run("report", three.campaign, "--from", bad, "--from", three.returned, "-o", tmp_path / "out")
    assert done.code == 1
    assert len(names(tmp_path / "out")) == 2
    assert str(bad) in done.err
    last = done.err.strip().split("\n")[-1]
    assert re.findall(r"\d+(?= 个文件| 份| 个：)", last) == ["2", "1", "1"]
    assert "第3局（003）" in last


def test_a_place_that_cannot_be_written_is_told_and_the_others_are_written(three: Three, tmp_path: Path) -> None:
    (tmp_path / document_name("001 第1局 2024年度绩效自评报告", DocumentKind.FINAL)).mkdir()
    done = run("report", three.campaign, "-o", tmp_path)
    assert done.code == 1
    assert "第1局" in done.err
    assert (tmp_path / document_name("002 第2局 2024年度绩效自评报告", DocumentKind.FINAL)).is_file()


def test_a_unit_that_was_asked_for_and_sent_nothing_is_a_failure(three: Three, tmp_path: Path) -> None:
    done = run("report", three.campaign, "-o", tmp_path / "out", "--unit", "003")
    assert done.code == 1
    assert "003" in done.err
    assert run("report", three.campaign, "-o", tmp_path / "out", "--unit", "002").code == 0


def test_the_departments_report_has_all_units(three: Three, tmp_path: Path) -> None:
    done = run("report", three.campaign, "-o", tmp_path, "--consolidated")
    assert done.code == 0, done.err
    (path,) = tmp_path.iterdir()
    assert path.name == document_name(CONSOLIDATED, DocumentKind.FINAL)
    assert done.out.strip() == str(path)
    document = Document(str(path))
    units = next(table for table in document.tables if table.rows[0].cells[1].text == "单位代码")
    rows = [[cell.text for cell in row.cells] for row in units.rows]
    assert [row[1] for row in rows] == ["单位代码", "001", "002", "003", ""]
    assert rows[1][4:9] == rows[2][4:9] != rows[3][4:9] == [""] * 5
    assert watermarks(path) == set()


def test_open_errors_hold_the_departments_report_back(office: Office, spoiled: Path, tmp_path: Path) -> None:
    arguments = ("report", office.campaign, "--from", spoiled, "-o", tmp_path / "out", "--consolidated")
    done = run(*arguments)
    assert done.code == 1
    assert "某某局（1 处）" in done.err
    assert not (tmp_path / "out").exists()
    assert run(*arguments, "--force").code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == document_name(CONSOLIDATED, DocumentKind.FORCED)
    assert watermarks(path) == {OPEN_ERRORS}


@pytest.mark.parametrize("option", [["--unit", "001"], ["--draft"]])
def test_the_departments_report_is_of_all_units(office: Office, tmp_path: Path, option: list[str]) -> None:
    done = run("report", office.campaign, "--from", office.filled, "-o", tmp_path / "out", "--consolidated", *option)
    assert done.code == 2
    assert option[0] in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [[], ["--consolidated"], ["--draft"]])
def test_pdf_without_libreoffice_is_refused_before_anything_is_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    before = files_below(tmp_path)
    arguments = ["report", office.campaign, "--from", office.filled, "-o", tmp_path / "out", "--format", "pdf"]
    done = run(*arguments, *options)
    assert done.code == 2
    assert "LibreOffice" in done.err
    assert "Word" in done.err
    assert files_below(tmp_path) == before


@pytest.mark.libreoffice
def test_the_departments_report_as_pdf(three: Three, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is missing")
        pytest.skip("LibreOffice is missing")
    done = run("report", three.campaign, "-o", tmp_path, "--consolidated", "--format", "pdf")
    assert done.code == 0, done.err
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".docx", ".pdf"]
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")
