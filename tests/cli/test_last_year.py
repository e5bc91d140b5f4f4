"""A campaign that names last year's: what came back then, from the ledger or from 收回, is held against this year's."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import CAMPAIGN, VALUES, Ran, run
from tests.support.packages import write_raw_values
from xlsxeval.archive import Archive
from xlsxeval.campaign.last_year import code_of
from xlsxeval.campaign.last_year_index import Index
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.collection import reception
from xlsxeval.collection.reception import Delivery, Reception
from xlsxeval.forms.campaign import Unit, load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.ledger import Ledger, SubmissionRecord, Writer
from xlsxeval.model import Address, Finding, Place, Severity
from xlsxeval.resources import templates_directory
from xlsxeval.workers.pool import HERE

BEFORE, NOW = "2023任务", "2024任务"
NOON = dt.datetime(2024, 5, 6, 4, 0, tzinfo=dt.UTC)
WRONG = "附件1!running.previous"
"""Where this year's return differs from last year's."""
RETURN = "收回/001.xlsx"


def values() -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(YamlFile(VALUES).data)
    return found


def last_years() -> dict[str, Any]:
    """What the unit typed a year before: the figures that this year's form repeats."""
    typed = values()
    for lines in (typed["附件1"], *typed["附件1"]["specials"]):
        for name in [name for name in lines if name.endswith("previous")]:
            lines[name.replace("previous", "final")] = lines[name]
    return typed


def make(folder: Path, year: int, typed: Mapping[str, Any], source: Path = CAMPAIGN, **more: Any) -> None:
    """A campaign of that year whose one unit has returned its workbook."""
    folder.mkdir()
    data = deepcopy(YamlFile(source / "campaign.yaml").data)
    data |= {"campaign": f"shili-{year}", "year": year, "deadline": f"{year + 1}-05-31", **more}
    (folder / "campaign.yaml").write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    sent = run("generate", folder, "-o", folder / "下发")
    assert sent.code == 0, sent.err
    (folder / "收回").mkdir()
    file = folder / "values.yaml"
    file.write_text(json.dumps(typed, ensure_ascii=False, default=str), encoding="utf-8")
    filled = run("fill", sent.out.strip(), file, "-o", folder / RETURN)
    assert filled.code == 0, filled.err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years side by side; this year's return says that the cars had cost 5 instead of 4. Not to be changed."""
    folder = tmp_path_factory.mktemp("两年")
    make(folder / BEFORE, 2023, last_years())
    typed = values()
    typed["附件1"]["running.previous"] = 5
    make(folder / NOW, 2024, typed, last_year=f"../{BEFORE}")
    return folder


@pytest.fixture
def years(made: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return Path(shutil.copytree(made, tmp_path / "两年"))


def check(years: Path, *more: str) -> tuple[list[dict[str, Any]], Ran]:
    """What X110 and N112 found in this year's returns, and how the command ended."""
    ran = run("check", years / NOW, "--campaign", years / NOW, "--format", "json", *more)
    assert ran.code in (0, 1), ran.err
    files = json.loads(ran.out)["files"]
    assert files
    assert all(file["status"] != "rejected" for file in files)
    return [f for file in files for f in file["findings"] if f["code"] in ("X110", "N112")], ran


def codes(ran: Ran) -> set[str]:
    """The rules that found anything."""
    return {one["code"] for file in json.loads(ran.out)["files"] for one in file["findings"]}


@pytest.fixture(scope="module")
def usual(made: Path) -> set[str]:
    """What is found with last year's campaign at hand."""
    return codes(check(made)[1])


def places(found: list[dict[str, Any]]) -> list[str]:
    return [f"{one['sheet']}!{one['field']}" for one in found]


def kept(years: Path, events: Callable[[Writer, Callable[[bytes], SubmissionRecord]], None]) -> None:
    """Last year's ledger and archive, with these events; ``events`` is given the writer and what files a content."""
    folder = years / BEFORE
    campaign, edition = load_campaign(folder, Library(templates_directory()))
    archive = Archive(folder / ".xlsxeval" / "archive")
    with (
        Ledger.open(folder / ".xlsxeval" / "ledger.sqlite", campaign.id, NOON) as ledger,
        ledger.write("王会计", NOON, "collect") as w,
    ):
        w.campaign_version(campaign, edition.digest)

        def submit(data: bytes) -> SubmissionRecord:
            sha256 = archive.store(data)
            return w.submission("001", None, sha256, w.receipt(sha256, len(data), "表.xlsx", f"收回/{sha256}.xlsx"))

        events(w, submit)


def finding(code: str) -> Finding:
    return Finding(code, code.lower(), Severity.ERROR, "改过", "请改回", "[理]", Place("附件1", "A1"))


def test_what_came_back_last_year_is_held_against_this_years(made: Path) -> None:
    found, ran = check(made)
    assert places(found) == [WRONG]
    assert (found[0]["shown"], found[0]["expected"], ran.code) == ("5.00", "4.00", 1)
    assert "注意" not in ran.err


def test_of_a_figure_that_the_campaign_gave_the_organiser_is_told(years: Path) -> None:
    data = deepcopy(YamlFile(CAMPAIGN / "campaign.yaml").data)
    unit = data["units"][0]
    unit["given"]["basic"] = {"running.previous": 5}
    typed = values()
    del typed["附件1"]["running.previous"]
    shutil.rmtree(years / NOW)
    make(years / NOW, 2024, typed, last_year=f"../{BEFORE}", units=[unit])
    (found,), _ = check(years)
    assert places([found]) == [WRONG]
    assert "组织部门" in found["fix"]


def test_two_processes_find_the_same(years: Path) -> None:
    shutil.copy(years / NOW / RETURN, years / NOW / "收回" / "又一份.xlsx")
    alone, one = check(years)
    together, two = check(years, "-j", "2")
    assert places(alone) == [WRONG, WRONG]
    assert (together, two.out) == (alone, one.out)


def test_without_the_key_nothing_is_held_against_last_year(years: Path) -> None:
    file = years / NOW / "campaign.yaml"
    data = json.loads(file.read_text(encoding="utf-8"))
    del data["last_year"]
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert check(years)[0] == []


def test_the_ledger_says_which_file_counts(years: Path) -> None:
    def events(w: Writer, submit: Callable[[bytes], SubmissionRecord]) -> None:
        first = submit((years / NOW / RETURN).read_bytes())  # another campaign's: were it read, it would be told
        w.judgement(first, "clean", [])
        second = submit((years / BEFORE / RETURN).read_bytes())
        w.judgement(second, "findings", [finding("S101")])  # a wrong score does not make it another form
        w.accept(first)
        w.accept(second)
        w.supersede(first, by=second)

    kept(years, events)
    (years / BEFORE / RETURN).unlink()
    found, ran = check(years)
    assert (places(found), "注意" in ran.err) == ([WRONG], False)


def test_a_ledger_of_generated_workbooks_alone_leaves_what_lies_in_the_folder(years: Path) -> None:
    kept(years, lambda w, submit: None)
    assert places(check(years)[0]) == [WRONG]


def test_what_was_tampered_with_is_no_record(years: Path) -> None:
    def events(w: Writer, submit: Callable[[bytes], SubmissionRecord]) -> None:
        one = submit((years / BEFORE / RETURN).read_bytes())
        w.judgement(one, "findings", [finding("T101")])
        w.accept(one)

    kept(years, events)
    found, ran = check(years)
    assert (found, ran.err.count("注意"), "T101" in ran.err) == ([], 1, True)


def test_the_same_without_a_ledger(years: Path) -> None:
    path = years / BEFORE / RETURN
    label = Address("附件1", 11, 1)
    relabelled = write_raw_values(path.read_bytes(), {"": {"t": "str", "v": "别的支出"}}, lambda _: label)
    path.write_bytes(relabelled)
    found, ran = check(years)
    assert (found, ran.err.count("注意"), "T1" in ran.err) == ([], 1, True)


def _folder_gone(before: Path) -> None:
    shutil.rmtree(before)


def _nothing_returned(before: Path) -> None:
    (before / RETURN).unlink()


def _no_returns_folder(before: Path) -> None:
    shutil.rmtree(before / "收回")


def _another_year(before: Path) -> None:
    file = before / "campaign.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"year": 2023', '"year": 2021'), encoding="utf-8")


def _spoiled_campaign(before: Path) -> None:
    (before / "campaign.yaml").write_text("campaign: [", encoding="utf-8")


def _broken_ledger(before: Path) -> None:
    (before / ".xlsxeval" / "ledger.sqlite").write_bytes(b"no database at all " * 99)


def _two_different_files(before: Path) -> None:
    folder = before.parent
    typed = folder / "other.yaml"
    typed.write_text("附件1: {thrift: 会议一律开视频会，公务用车集中调度。}\n", encoding="utf-8")
    assert run("fill", before / RETURN, typed, "-o", before / "收回" / "又一份.xlsx").code == 0


@pytest.mark.parametrize(
    "spoil",
    [
        _folder_gone,
        _nothing_returned,
        _no_returns_folder,
        _another_year,
        _spoiled_campaign,
        _broken_ledger,
        _two_different_files,
    ],
)
def test_a_witness_that_cannot_be_heard_is_said_and_the_check_goes_on(
    years: Path, usual: set[str], spoil: Callable[[Path], None]
) -> None:
    spoil(years / BEFORE)
    found, ran = check(years)
    assert found == []
    assert codes(ran) == usual - {"X110"}
    assert "注意：" in ran.err
    assert BEFORE in ran.err or "001" in ran.err


@pytest.mark.parametrize("spoil", [None, _folder_gone, _another_year, _spoiled_campaign])
def test_lint_says_that_last_year_cannot_be_used(years: Path, spoil: Callable[[Path], None] | None) -> None:
    if spoil is not None:
        spoil(years / BEFORE)
    ran = run("lint", years / NOW)
    assert (ran.code, "注意" in ran.err) == (0, spoil is not None)


def test_a_roster_says_where_last_years_campaign_is(years: Path) -> None:
    text = (years / NOW / "campaign.yaml").read_text(encoding="utf-8")
    (years / NOW / "campaign.yaml").write_text(text.replace("某某市财政局", "某某县财政局"), encoding="utf-8")
    assert run("new", years / "名册", "--from", years / NOW).code == 0
    assert run("lint", years / "名册").err.count("注意") == 0
    shutil.rmtree(years / BEFORE)
    assert run("lint", years / "名册").err.count("注意") == 1


def test_a_form_that_was_defined_otherwise_then_is_a_record_all_the_same(years: Path) -> None:
    templates = Path(shutil.copytree(templates_directory(), years / "templates"))
    form = templates / "forms" / "basic" / "hunan-2024.yaml"
    form.write_text(
        form.read_text(encoding="utf-8").replace("text: 政府采购金额", "text: 政府采购的金额"), encoding="utf-8"
    )
    ran = run("--templates", templates, "check", years / NOW, "--campaign", years / NOW, "--format", "json")
    (file,) = json.loads(ran.out)["files"]
    codes = {one["code"] for one in file["findings"]}
    assert {"I012", "X110"} <= codes
    assert not any(code.startswith("T") for code in codes)  # what was sent is known
    for task in (NOW, BEFORE):
        shutil.rmtree(years / task / ".xlsxeval" / "forms")
        (years / task / ".xlsxeval" / "ledger.sqlite").unlink()
    ran = run("--templates", templates, "check", years / NOW, "--campaign", years / NOW, "--format", "json")
    (file,) = json.loads(ran.out)["files"]
    codes = {one["code"] for one in file["findings"]}
    assert {"I012", "I013", "X110"} <= codes
    assert any(code.startswith("T") for code in codes)
    assert ran.err == ""


def test_a_damaged_archive_is_said(years: Path) -> None:
    def events(w: Writer, submit: Callable[[bytes], SubmissionRecord]) -> None:
        one = submit((years / BEFORE / RETURN).read_bytes())
        w.judgement(one, "clean", [])
        w.accept(one)

    kept(years, events)
    archive = Archive(years / BEFORE / ".xlsxeval" / "archive")
    (sha256,) = archive
    archive.path(sha256).chmod(0o600)
    archive.path(sha256).write_bytes(b"changed")
    found, ran = check(years)
    assert (found, ran.err.count("注意")) == ([], 1)
    assert "损坏" in ran.err


def test_the_same_file_twice_is_one_record(years: Path) -> None:
    shutil.copy(years / BEFORE / RETURN, years / BEFORE / "收回" / "又一份.xlsx")
    found, ran = check(years)
    assert (places(found), ran.err) == ([WRONG], "")


def test_of_another_edition_only_what_means_the_same_is_compared(years: Path) -> None:
    shutil.rmtree(years / BEFORE)
    source = CAMPAIGN.parent / "liuyang-2020"
    typed: dict[str, Any] = deepcopy(YamlFile(source / "values.yaml").data)
    typed["附件1"] |= {"business.final": 44, "public.final": 84, "running.final": 4, "reception.final": 1.2}
    make(years / BEFORE, 2023, typed, source)
    found, ran = check(years)
    assert "注意" not in ran.err
    told = places(found)
    assert {WRONG, "附件1!public.previous"} <= set(told)  # 公用经费 is 公用经费
    assert not {"附件1!business.previous", "附件1!project.previous"} & set(told)  # 业务工作专项 is not 业务工作经费


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ({"001": "某某局", "002": "某某中心"}, "001"),
        ({"009": "某某局", "002": "某某中心"}, "009"),
        ({"001": "某某中心", "002": "某某局"}, "002"),
        ({"001": "某某委员会"}, "001"),
        ({"002": "某某中心"}, None),
        ({"007": "某某局", "008": "某 某 局"}, None),
        ({"001": "某某委员会", "007": "某某局", "008": "某某局"}, None),
        ({"001": "某某局", "008": "某某局"}, "001"),
    ],
)
def test_a_unit_is_known_again_by_code_and_name(then: dict[str, str], code: str | None) -> None:
    assert code_of(Unit("001", "某某局", (), {}), Index(2023, then, {})) == code


def test_last_years_record_is_read_once_for_many_arrivals_and_again_where_it_was_changed(
    years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    real = reception.witness_digest
    monkeypatch.setattr(reception, "witness_digest", lambda *of: read.append(of) or real(*of))
    counter, workspace = (
        Reception(),
        open_workspace(years / NOW, Library(templates_directory()), clock=lambda: NOON, by="王会计"),
    )
    data = (years / NOW / RETURN).read_bytes()

    def codes() -> set[str]:
        (piece,) = counter.receive(workspace, Delivery(data, "001.xlsx"), HERE).pieces
        assert piece.verdict is not None
        return {one.code for one in piece.verdict.findings}

    assert "X110" in codes()
    assert "X110" in codes()
    assert len(read) == 1
    (years / BEFORE / RETURN).unlink()
    assert "X110" not in codes()
    assert len(read) == 2
