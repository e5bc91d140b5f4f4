"""``run`` when something goes wrong: a clear message, nothing lost, and the next run goes on."""

from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys

import pytest

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk
from tests.cli.running import files_below
from tests.cli.test_collect_troubles import failing_after, laid
from xlsxeval import durable
from xlsxeval.campaign import files
from xlsxeval.campaign.folders import RESULTS, SENT
from xlsxeval.cli.options import now

WHOLE = {"收表.txt", "核对.txt", "核对.json", "核对.html", "汇总.xlsx", "看板.html"}
NOTHING = "没有新的"


def goes_on(desk: Desk) -> None:
    """The next run does what was not done, and the one after it finds nothing to do."""
    done = desk.run("run")
    assert done.code == 0, done.err
    assert {path.name for path in (desk.task / RESULTS).glob("*.*")} == WHOLE
    assert not list(desk.task.rglob("*.tmp"))
    assert not list(desk.task.rglob("*（旧*"))
    assert len(list((desk.task / SENT).glob("*.xlsx"))) == 3
    assert desk.run("ledger verify").code == 0
    again = desk.run("run")
    assert again.code == 0
    assert NOTHING in again.err


@pytest.mark.parametrize("calls", [0, 2, 4])
def test_a_disk_that_is_full_while_bytes_are_archived(desk: Desk, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    laid(desk)
    received = files_below(desk.inbox)
    with monkeypatch.context() as full:
        full.setattr(durable.os, "fsync", failing_after(calls, os.fsync, errno.ENOSPC))
        done = desk.run("run")
    assert done.code == 2
    assert "请" in done.err
    assert files_below(desk.inbox) == received
    goes_on(desk)


@pytest.mark.parametrize("calls", range(0, 10, 3))
def test_a_disk_that_is_full_while_results_are_written(desk: Desk, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    laid(desk)
    with monkeypatch.context() as full:
        full.setattr(files.tempfile, "mkstemp", failing_after(calls, files.tempfile.mkstemp, errno.ENOSPC))
        done = desk.run("run")
    assert done.code == 2
    assert "磁盘空间" in done.err
    goes_on(desk)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders")
@pytest.mark.parametrize("folder", ["任务", "结果"])
def test_a_folder_that_cannot_be_written(desk: Desk, folder: str) -> None:
    """The folder's rights where they hold; whoever may write everywhere meets a file in the folder's place."""
    laid(desk)
    place = desk.task / ".xlsxeval" / "archive" if folder == "任务" else desk.task / RESULTS
    place.write_bytes(b"in the way")
    done = desk.run("run")
    assert done.code == 2
    assert str(place) in done.err
    assert place.read_bytes() == b"in the way"
    place.unlink()
    goes_on(desk)


def test_a_ledger_that_cannot_be_written(desk: Desk) -> None:
    laid(desk)
    ledger = desk.task / ".xlsxeval" / "ledger.sqlite"
    ledger.mkdir()
    done = desk.run("run")
    assert done.code == 2
    assert str(ledger) in done.err
    assert not (desk.task / SENT).exists()
    ledger.rmdir()
    goes_on(desk)


def test_a_ledger_that_another_run_holds(desk: Desk) -> None:
    laid(desk)
    with desk.workspace().ledger() as other, other.run("李会计", now(), "collect"):
        before = {name: data for name, data in files_below(desk.task).items() if "ledger" not in name}
        done = desk.run("run")
        assert done.code == 2
        assert "李会计" in done.err
        assert {name: data for name, data in files_below(desk.task).items() if "ledger" not in name} == before
    goes_on(desk)


def test_two_runs_at_once(desk: Desk) -> None:
    laid(desk)
    command = [sys.executable, "-m", "xlsxeval", "--templates", str(desk.post.templates), "run", str(desk.task)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=120)[1].decode() for process in runs]
    codes = [process.returncode for process in runs]
    assert set(codes) <= {0, 2}, said
    assert 0 in codes or any("占用" in text for text in said)
    goes_on(desk)


def test_a_run_that_is_killed_anywhere_is_gone_on_with(desk: Desk) -> None:
    laid(desk)
    command = [sys.executable, "-m", "xlsxeval", "--templates", str(desk.post.templates), "run", str(desk.task)]
    for seconds in (0.8, 1.1, 1.4, 1.8):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    goes_on(desk)


def test_a_clock_that_was_set_back_is_told_and_everything_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("一.xlsx", "001a", MONDAY)
    assert desk.run("run").code == 0
    early = now() - dt.timedelta(days=4000)
    monkeypatch.setattr("xlsxeval.cli.options.now", lambda: early)
    desk.put("二.xlsx", "002a", early)
    done = desk.run("run")
    assert done.code == 0
    assert "时钟" in done.err
    assert "002" in (desk.task / RESULTS / "核对.txt").read_text(encoding="utf-8-sig")


def test_a_unit_that_is_renamed_and_a_campaign_that_is_changed_after_distribution(desk: Desk) -> None:
    assert desk.run("run").code == 0
    desk.put("一.xlsx", "001a", MONDAY)
    desk.put("二.xlsx", "002a", MONDAY)
    assert desk.run("run").code == 0
    desk.rewrite("某某中心", "某某事务中心")
    desk.rewrite("[{name: 某某专项}]", "[{name: 某某专项}, {name: 另一专项}]")
    desk.put("二 改.xlsx", "002b", TUESDAY)
    done = desk.run("run")
    assert done.code == 0, done.err
    assert all(word in done.err for word in ("某某事务中心", "另一专项", "发新表", "发的表要换"))
    assert [path.name[:3] for path in sorted((desk.task / SENT).glob("*.xlsx"))] == ["001", "002", "003"]
    assert NOTHING in desk.run("run").err


def test_a_campaign_that_is_spoiled_changes_nothing(desk: Desk) -> None:
    laid(desk)
    assert desk.run("run").code == 0
    before = {name: data for name, data in files_below(desk.task).items() if "ledger" not in name}
    path = desk.task / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "  - {code: '001'\n", encoding="utf-8")
    done = desk.run("run")
    assert done.code == 2
    assert "campaign.yaml" in done.err
    path.write_text(text, encoding="utf-8")
    assert {name: data for name, data in files_below(desk.task).items() if "ledger" not in name} == before
    assert NOTHING in desk.run("run").err
