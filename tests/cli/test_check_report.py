"""``check REPORT.docx``: whose it is, what it is held against, every format, every way to go wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Office
from tests.cli.running import VALUES, Ran, run
from tests.support.reports import RECEIVED, edited

CHANGE = {"change": {"388.00": "389.00", "新录用两人": "新录用3人"}}
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "junit", "html")


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A campaign with its workbook come back, and the report that was written from it."""
    folder = tmp_path_factory.mktemp("desk")
    task = folder / "任务"
    shutil.copytree(office.campaign, task)
    (task / "收回").mkdir(exist_ok=True)
    shutil.copy(office.filled, task / "收回")
    made = run("report", task, "-o", folder / "报告")
    assert made.code == 0, made.said
    (path,) = (folder / "报告").glob("*.docx")
    return task, path.read_bytes()


@pytest.fixture
def check(desk: tuple[Path, bytes], tmp_path: Path) -> Callable[..., Ran]:
    """Checks a report after these edits."""
    task, made = desk

    def checked(edits: dict[str, object] | bytes, *options: str | Path) -> Ran:
        path = tmp_path / "改过的.docx"
        path.write_bytes(edits if isinstance(edits, bytes) else edited(made, edits))
        return run("check", path, "--campaign", task, *options)

    return checked


def test_a_report_that_nobody_touched_is_clean(check):
    assert check({}).code == 0


def test_findings_stand_at_their_places(check):
    ran = check(CHANGE, "--format", "json")
    assert ran.code == 1
    (file,) = json.loads(ran.out)["files"]
    found = [(one["code"], one["sheet"], one["cell"], one["shown"], one["expected"]) for one in file["findings"]]
    assert found == [
        ("N128", "一、部门（单位）基本情况", "第8段", "3人", "两人"),
        ("N123", "附件2", "第3行第5格", "389.00", "388.00"),
    ]
    assert file["unit"]["code"]
    assert "附件2" in file["forms"]


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_tells_the_places(check, style):
    ran = check(CHANGE, "--format", style)
    assert ran.code == 1, ran.err
    for word in ("N123", "N128", "附件2", "第3行第5格", "第8段"):
        assert word in ran.out
    if style == "junit":
        assert ElementTree.fromstring(ran.out.encode()).get("failures") == "1"


def test_a_mended_figure_is_told_as_mended(check, tmp_path):
    earlier = tmp_path / "上次.json"
    earlier.write_text(check(CHANGE, "--format", "json").out, encoding="utf-8")
    ran = check({"change": {"新录用两人": "新录用3人"}}, "--since", earlier, "--format", "json")
    assert ran.code == 0
    (file,) = json.loads(ran.out)["files"]
    assert [(one["code"], one["state"]) for one in file["findings"]] == [("N128", "open")]
    assert [one["code"] for one in file["fixed"]] == ["N123"]


def test_workbooks_and_reports_in_one_run(check, desk, tmp_path):
    marked = tmp_path / "标注"
    ran = check(CHANGE, desk[0], "--format", "json", "--annotate", marked)
    books, reports = [json.loads(ran.out)["files"][index] for index in (0, 1)]
    assert not books["findings"]
    assert [one["code"] for one in reports["findings"]] == ["N128", "N123"]
    assert len(list(marked.glob("*.xlsx"))) == 1


def test_without_a_campaign_there_is_nothing_to_hold_it_against(desk, tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(desk[1])
    ran = run("check", path)
    assert ran.code == 2
    assert "--campaign" in ran.err


def test_the_report_is_never_written_over(check, tmp_path):
    ran = check({}, "-o", tmp_path / "改过的.docx", "--force")
    assert ran.code == 2


@pytest.mark.parametrize("name", sorted(RECEIVED))
def test_what_cannot_be_compared_is_told(check, name):
    ran = check(RECEIVED[name](), "--format", "json")
    assert ran.code == 1
    (file,) = json.loads(ran.out)["files"]
    assert file["status"] == "rejected"
    (finding,) = file["findings"]
    assert finding["code"] in ("N120", "N121")


@pytest.mark.parametrize("suffix", [".doc", ".docm", ".rtf"])
def test_other_kinds_of_documents_are_told_what_they_are(desk, tmp_path, suffix):
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(b"{\\rtf1 }")
    ran = run("check", path, "--campaign", desk[0], "--format", "concise")
    assert ran.code == 1
    assert "N120" in ran.out


def test_the_unit_may_be_named(check, desk):
    nobodys = RECEIVED["不知是谁的"]()
    assert "认不出" in check(nobodys).out
    code = json.loads(check({}, "--format", "json").out)["files"][0]["unit"]["code"]
    assert check({}, "--unit", code).code == 0
    assert check({}, "--unit", "no such unit").code == 1
    named = check(nobodys, "--unit", code)
    assert named.code == 1
    assert "不是本程序写的报告" in named.out


def test_a_workbook_that_came_anew_is_told(desk, office, tmp_path):
    task = tmp_path / "任务"
    shutil.copytree(desk[0], task)
    for path in (task / "收回").iterdir():
        path.unlink()
    again = tmp_path / "再填.yaml"
    again.write_text(VALUES.read_text(encoding="utf-8").replace("新录用两人", "新录用三人"), encoding="utf-8")
    assert run("fill", office.blank, again, "-o", task / "收回" / "新的.xlsx").code == 0
    report = tmp_path / "报告.docx"
    report.write_bytes(desk[1])
    ran = run("check", report, "--campaign", task, "--format", "json")
    found = [(one["code"], one["shown"], one["expected"]) for one in json.loads(ran.out)["files"][0]["findings"]]
    assert ("N122", None, None) in found
    assert ran.code == 0


def test_without_a_returned_workbook_nothing_can_be_compared(desk, tmp_path):
    task = tmp_path / "任务"
    shutil.copytree(desk[0], task)
    shutil.rmtree(task / "收回")
    report = tmp_path / "报告.docx"
    report.write_bytes(desk[1])
    ran = run("check", report, "--campaign", task)
    assert ran.code == 1
    assert "没有能读的表" in ran.out


def test_what_counts_by_the_ledger_is_what_it_is_held_against(desk, tmp_path):
    """The workbook that was collected, though somebody put another into its place since."""
    task, made = desk
    other = tmp_path / "任务"
    shutil.copytree(task, other)
    assert run("collect", other, "--by", "某某").code == 0
    (received,) = (other / "收回").glob("*.xlsx")
    received.write_bytes(b"no workbook any more")
    report = tmp_path / "报告.docx"
    report.write_bytes(made)
    assert run("check", report, "--campaign", other).code == 0
    report.write_bytes(edited(made, CHANGE))
    assert run("check", report, "--campaign", other).code == 1
