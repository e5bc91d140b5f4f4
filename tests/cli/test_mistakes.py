"""A user's mistake: exit code 2, a message that names the thing and what to do, no traceback, nothing half written."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.cli.conftest import Office
from tests.cli.running import VALUES, Ran, files_below, run
from xlsxeval.forms.keys import FOLDER


def refused(done: Ran, *words: str | Path) -> None:
    """Asserts that a command was refused in words that a user can act on."""
    assert done.code == 2, done.said
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "程序内部错误" not in done.err
    for word in words:
        assert str(word) in done.err, done.err


def foreign() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "别家的表"  # type: ignore[index]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


STRANGE = {
    "empty": b"",
    "text": "附件1,3".encode(),
    "old xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "pdf": b"%PDF-1.7\n",
    "broken zip": b"PK\x03\x04" + bytes(100),
    "foreign": foreign(),
}


@pytest.fixture(params=STRANGE)
def strange(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "收到.xlsx"
    path.write_bytes(STRANGE[request.param])
    return path


# -- received files --------------------------------------------------------------------------------------------


def test_check_tells_a_strange_file_as_a_finding(strange: Path) -> None:
    done = run("check", strange, "--format", "concise")
    assert done.code == 1
    assert done.out.startswith(f"{strange}:")
    assert "Traceback" not in done.said


@pytest.mark.parametrize("command", ["fields", "fill"])
def test_what_needs_a_workbook_of_ours_refuses_a_strange_file(strange: Path, command: str, tmp_path: Path) -> None:
    before = files_below(tmp_path)
    extra = [VALUES, "-o", tmp_path / "新.xlsx"] if command == "fill" else []
    refused(run(command, strange, *extra), strange, "xlsxeval explain")
    assert files_below(tmp_path) == before


def test_recalc_goes_on_after_a_file_that_it_cannot_read(office: Office, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"x")
    done = run("recalc", bad, office.filled)
    assert done.code == 1
    assert str(bad) in done.err
    assert str(office.filled) in done.out


@pytest.mark.parametrize("command", ["check", "fill", "fields", "recalc"])
def test_a_missing_file_is_told_by_its_path(command: str, tmp_path: Path) -> None:
    path = tmp_path / "没有.xlsx"
    extra = [VALUES, "-o", tmp_path / "新.xlsx"] if command == "fill" else []
    refused(run(command, path, *extra), path)
    assert files_below(tmp_path) == {}


def test_a_folder_without_workbooks_is_told(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("x", encoding="utf-8")
    refused(run("check", tmp_path), tmp_path, ".xlsx")


def test_a_folder_in_the_place_of_a_workbook_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "表.xlsx"
    folder.mkdir()
    refused(run("fill", folder, VALUES, "-o", tmp_path / "新.xlsx"), folder)


def test_a_link_to_nothing_in_the_inbox_is_a_finding(tmp_path: Path) -> None:
    link = tmp_path / "x.xlsx"
    try:
        link.symlink_to(tmp_path / "nowhere.xlsx")
    except OSError:
        pytest.skip("this system makes no links")
    done = run("check", link, "--format", "concise")
    assert done.code == 1
    assert done.out.startswith(f"{link}:")


# -- campaigns -------------------------------------------------------------------------------------------------

WITH_CAMPAIGN = [
    pytest.param(lambda task, out: ["generate", task, "-o", out], id="generate"),
    pytest.param(lambda task, out: ["run", task], id="run"),
    pytest.param(lambda task, out: ["report", task, "-o", out], id="report"),
    pytest.param(lambda task, out: ["check", out, "--campaign", task], id="check"),
]


@pytest.mark.parametrize("arguments", WITH_CAMPAIGN)
def test_a_campaign_with_mistakes_is_told_line_by_line_and_nothing_is_written(
    arguments, task: Path, tmp_path: Path, office: Office
) -> None:  # type: ignore[no-untyped-def]
    path = task / "campaign.yaml"
    text = path.read_text(encoding="utf-8").replace("edition: hunan-2024", "edition: hunan-2042")
    path.write_text(text.replace("year: 2024", "year: 2024\nmonth: 5"), encoding="utf-8")
    before = files_below(tmp_path)
    out = office.blank if arguments(task, "x")[0] == "check" else tmp_path / "out"
    refused(run(*arguments(task, out)), f"{path}:5:1: ", "month")
    assert files_below(tmp_path) == before
    path.write_text(text, encoding="utf-8")
    refused(run(*arguments(task, out)), f"{path}:3:1: ", "hunan-2042", "是不是「hunan-2024」")


@pytest.mark.parametrize("arguments", WITH_CAMPAIGN)
def test_a_missing_campaign_is_told_by_its_path(arguments, tmp_path: Path, office: Office) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "没有这个任务"
    out = office.blank if arguments(path, "x")[0] == "check" else tmp_path / "out"
    refused(run(*arguments(path, out)), path)
    assert files_below(tmp_path) == {}


def test_lint_tells_the_same_mistakes_with_exit_code_1(task: Path) -> None:
    path = task / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "extra: 1\n", encoding="utf-8")
    done = run("lint", task)
    assert done.code == 1
    assert done.out.startswith(f"{path}:")


@pytest.mark.parametrize("command", ["generate", "report"])
def test_an_unknown_unit_is_told_with_the_nearest(command: str, task: Path, tmp_path: Path) -> None:
    before = files_below(tmp_path)
    refused(run(command, task, "-o", tmp_path / "out", "--unit", "011"), "「011」", "是不是「001」")
    assert files_below(tmp_path) == before


@pytest.mark.parametrize(
    "arguments",
    [["new", "{}/x", "--edition", "hunan-2042"], ["fields", "hunan-2042"], ["editions", "hunan-2042"]],
)
def test_an_unknown_edition_is_told_with_the_nearest(arguments: list[str], tmp_path: Path) -> None:
    refused(run(*(text.format(tmp_path) for text in arguments)), "「hunan-2042」", "是不是「hunan-2024」")
    assert files_below(tmp_path) == {}


def test_lint_of_an_unknown_edition_is_a_finding_of_lint() -> None:
    done = run("lint", "hunan-2042")
    assert done.code in (1, 2)
    assert "是不是「hunan-2024」" in done.said


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    refused(run("explain", "LL101"), "「LL101」", "是不是「L101」")
    refused(run("explain"), "--all")


def test_an_unknown_sample_is_told_with_those_there_are(tmp_path: Path) -> None:
    refused(run("demo", tmp_path / "x", "--sample", "../etc"), "zhuzhou-2024")
    assert files_below(tmp_path) == {}


def test_templates_that_are_not_there_are_told(tmp_path: Path) -> None:
    refused(run("--templates", tmp_path, "editions"), tmp_path, "--templates")


# -- values ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("附件2: {funds.bugdet: 1}\n", ":1:7: ", ["funds.bugdet", "是不是「funds.budget」"]),
        ("附件2:\n  funds.rate: 1\n", ":2:3: ", ["funds.rate", "公式"]),
        ("附件2: [1\n", ":2:1: ", ["YAML"]),
        ("", ":1:1: ", []),
    ],
)
def test_a_values_file_with_mistakes_is_told_and_nothing_is_written(
    text: str, place: str, words: list[str], office: Office, tmp_path: Path
) -> None:
    values = tmp_path / "值.yaml"
    values.write_text(text, encoding="utf-8")
    refused(run("fill", office.blank, values, "-o", tmp_path / "新.xlsx"), f"{values}{place}", *words)
    assert list(files_below(tmp_path)) == ["值.yaml"]


def test_fill_does_not_write_over_its_original(office: Office) -> None:
    before = office.blank.read_bytes()
    refused(run("fill", office.blank, VALUES, "-o", office.blank))
    assert office.blank.read_bytes() == before


# -- output ----------------------------------------------------------------------------------------------------


def test_nothing_that_somebody_may_have_filled_in_is_overwritten_without_force(task: Path, tmp_path: Path) -> None:
    out = tmp_path / "下发"
    assert run("generate", task, "-o", out).code == 0
    (workbook,) = out.glob("*.xlsx")
    workbook.write_bytes(b"filled in")
    refused(run("generate", task, "-o", out), workbook, "--force")
    assert workbook.read_bytes() == b"filled in"
    assert run("generate", task, "-o", out, "--force").code == 0
    assert workbook.read_bytes() != b"filled in"


def test_one_file_in_the_way_stops_all(task: Path, tmp_path: Path) -> None:
    path = task / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - {code: '002', name: 某某二局}\n", encoding="utf-8")
    out = tmp_path / "下发"
    assert run("generate", task, "-o", out, "--unit", "002").code == 0
    before = files_below(out)
    refused(run("generate", task, "-o", out), "002")
    assert files_below(out) == before


def test_fill_does_not_overwrite_another_file_without_force(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "新.xlsx"
    out.write_bytes(b"filled in")
    refused(run("fill", office.blank, VALUES, "-o", out), out, "--force")
    assert out.read_bytes() == b"filled in"
    assert run("fill", office.blank, VALUES, "-o", out, "--force").code == 0
    assert out.read_bytes() != b"filled in"


def test_new_does_not_overwrite_a_campaign(task: Path) -> None:
    before = files_below(task)
    refused(run("new", task, "--edition", "hunan-2024"), task / "campaign.yaml")
    assert files_below(task) == before


@pytest.mark.parametrize(
    "arguments", [["generate", "{task}", "-o", "{out}"], ["fill", "{blank}", "{values}", "-o", "{out}/x.xlsx"]]
)
def test_an_output_below_a_file_is_told(arguments: list[str], task: Path, tmp_path: Path, office: Office) -> None:
    out = tmp_path / "文件"
    out.write_text("x", encoding="utf-8")
    names = {"task": task, "out": out, "blank": office.blank, "values": VALUES}
    refused(run(*(text.format(**names) for text in arguments)), out)
    assert out.read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_told(task: Path, tmp_path: Path) -> None:
    out = tmp_path / "下发"
    out.mkdir(mode=0o500)
    refused(run("generate", task, "-o", out), out)


def test_a_full_disk_leaves_no_temporary_file_and_the_old_one_whole(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "新.xlsx"
    out.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", str(out))

    monkeypatch.setattr(os, "fsync", full)
    refused(run("fill", office.blank, VALUES, "-o", out, "--force"), out)
    assert files_below(tmp_path) == {"新.xlsx": b"old"}


def test_damaged_keys_are_told_and_not_made_anew(task: Path, tmp_path: Path) -> None:
    assert run("generate", task, "-o", tmp_path / "一").code == 0
    (task / FOLDER / "key").write_text("zz", encoding="ascii")
    refused(run("generate", task, "-o", tmp_path / "二"), task / FOLDER)
    assert (task / FOLDER / "key").read_text(encoding="ascii") == "zz"
    assert not (tmp_path / "二").exists()


# -- usage -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc", "x.xlsx"],
        ["check"],
        ["check", "x.xlsx", "--format", "xml"],
        ["check", "x.xlsx", "-j", "0"],
        ["generate", "x"],
        ["new", "x"],
        ["new", "x", "--edition", "hunan-2024", "--year", "24"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run(*arguments))
    assert files_below(tmp_path) == {}


def test_an_internal_error_is_told_as_ours_and_shown_whole_when_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("xlsxeval.results.checked_files.judge_all", broken)
    done = run("check", office.blank)
    assert done.code == 2
    assert "ZeroDivisionError" in done.err
    assert "XLSXEVAL_DEBUG" in done.err
    monkeypatch.setenv("XLSXEVAL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", office.blank)


def test_a_workbook_inside_a_zip_is_judged(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(office.filled, "表.xlsx")
    done = run("check", path, "--format", "json")
    assert done.code == 0
    (judged,) = json.loads(done.out)["files"]
    assert judged["path"].endswith("表.xlsx")


def test_recalc_lists_apart_what_it_cannot_compute(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("表")
    sheet.write_formula("A1", '=CUBEVALUE("模型","x")', None, 5)
    sheet.write_formula("A2", "=A1*2", None, 10)
    sheet.write_formula("A3", "=1+1", None, 2)
    book.close()
    done = run("recalc", path)
    assert done.code == 0
    assert "不支持的函数 CUBEVALUE，1 格，例如 表!A1" in done.out
