"""``status``: from the folder of returns, from the ledger, as text, JSON and a page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Office
from tests.cli.running import files_below, run, run_process

TODAY = ("--today", "2025-06-05")


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Path:
    """A campaign without a ledger of which the one unit's form was sent out and nothing came back."""
    campaign = tmp_path / "任务"
    shutil.copytree(office.campaign, campaign, ignore=shutil.ignore_patterns("ledger.sqlite*"))
    (campaign / "下发").mkdir()
    shutil.copy(office.blank, campaign / "下发")
    (campaign / "收回").mkdir()
    return campaign


def put(desk: Path, source: Path, name: str = "001.xlsx") -> Path:
    return Path(shutil.copy(source, desk / "收回" / name))


def status(desk: Path, *more: str) -> Any:
    done = run("status", desk, "--format", "json", *TODAY, *more)
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_nothing_came(desk: Path) -> None:
    data = status(desk)
    (unit,) = data["units"]
    assert (data["source"], unit["status"], unit["sent"], unit["days_late"]) == ("folder", "missing", True, 5)
    shutil.rmtree(desk / "下发")
    assert status(desk)["units"][0]["sent"] is None
    (desk / "下发").mkdir()
    assert status(desk)["units"][0]["status"] == "unsent"


def test_what_was_sent_is_known_from_the_ledger_wherever_the_files_are(office: Office, tmp_path: Path) -> None:
    shutil.copytree(office.campaign, tmp_path / "任务")
    data = status(tmp_path / "任务")
    assert (data["source"], data["units"][0]["sent"], data["units"][0]["status"]) == ("ledger", True, "missing")


def test_what_came_is_judged_and_its_scores_recomputed(office: Office, desk: Path) -> None:
    put(desk, office.filled)
    (unit,) = status(desk)["units"]
    assert unit["missing"] == []
    assert [score["sheet"] for score in unit["scores"]] == ["附件2", "附件3-1", "附件3-2"]
    assert all(0 < score["score"] <= 100 for score in unit["scores"])
    assert unit["scores"][0]["rate"] == pytest.approx(388 / 400)


def test_two_files_of_one_unit_are_a_conflict_and_a_bad_file_counts_for_nobody(office: Office, desk: Path) -> None:
    put(desk, office.filled, "a.xlsx")
    put(desk, office.blank, "b.xlsx")
    (desk / "收回" / "坏.xlsx").write_bytes(b"nothing")
    data = status(desk)
    assert len(data["units"][0]["parts"][0]["conflict"]) == 2
    assert [one["name"] for one in data["set_aside"]] == ["坏.xlsx"]


def test_the_ledger_is_believed_and_says_the_same_as_the_files(office: Office, desk: Path) -> None:
    put(desk, office.filled)
    before = status(desk)
    assert run("collect", desk, "--by", "绩效科").code in {0, 1}
    data = status(desk)
    assert (data["source"], data["uncollected"]) == ("ledger", 0)
    assert data["units"] == before["units"]
    put(desk, office.blank, "新来的.xlsx")
    assert status(desk)["uncollected"] == 1
    assert "collect" in run("status", desk, *TODAY).out


def test_a_lost_original_costs_the_score_only(office: Office, desk: Path) -> None:
    put(desk, office.filled)
    assert run("collect", desk, "--by", "绩效科").code in {0, 1}
    shutil.rmtree(desk / ".xlsxeval" / "archive")
    done = run("status", desk, "--format", "json")
    assert json.loads(done.out)["units"][0]["scores"] == []
    assert "备份" in done.err


def test_exceptions_count_at_once(office: Office, desk: Path) -> None:
    typed = desk.parent / "values.yaml"
    typed.write_text('{"附件2": {"indicators[1].score": 6}}', encoding="utf-8")
    assert run("fill", office.filled, typed, "-o", desk / "收回" / "001.xlsx").code == 0
    assert run("collect", desk, "--by", "绩效科").code in {0, 1}
    errors = status(desk)["units"][0]["by_severity"]["error"]
    assert errors
    assert (
        run("waive", "S101", "--campaign", desk, "--unit", "001", "--reason", "局长办公会定的", "--by", "预算科").code
        == 0
    )
    assert status(desk)["units"][0]["by_severity"]["error"] == errors - 1


def test_the_page_is_written_and_only_an_earlier_one_overwritten(office: Office, desk: Path, tmp_path: Path) -> None:
    put(desk, office.filled)
    page = tmp_path / "看板.html"
    for _ in range(2):
        assert run("status", desk, "--html", page).code == 0
    assert "某某局" in page.read_text(encoding="utf-8")
    page.write_text("<!DOCTYPE html><p>我的", encoding="utf-8")
    assert run("status", desk, "--html", page).code == 2
    assert page.read_text(encoding="utf-8").endswith("我的")
    assert run("status", desk, "--html", page, "--force").code == 0


def test_it_changes_nothing(office: Office, desk: Path) -> None:
    put(desk, office.filled)
    before = files_below(desk)
    assert run("status", desk).code == 0
    assert files_below(desk) == before


def test_it_can_be_read_on_a_gbk_console(desk: Path) -> None:
    done = run_process("status", desk, environment={"PYTHONIOENCODING": "gbk"})
    assert done.code == 0
    assert "某某局" in done.out


def test_no_campaign_is_a_mistake_of_use(tmp_path: Path) -> None:
    assert run("status", tmp_path / "没有").code == 2
