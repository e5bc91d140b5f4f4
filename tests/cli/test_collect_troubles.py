"""``collect`` when something goes wrong: a clear message, nothing lost, and the next run goes on."""

from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.collectdesk import MONDAY, NOW, TUESDAY, Desk, states
from xlsxeval import durable
from xlsxeval.cli.collect_command import watched
from xlsxeval.collection.result import CollectResult
from xlsxeval.errors import LedgerBusyError, StorageError
from xlsxeval.judging.judge import Judge, JudgedFile
from xlsxeval.ledger import FileState

THREE = (("一.xlsx", "001a"), ("二.xlsx", "002a"), ("三.xlsx", "003a"))


def laid(desk: Desk) -> Desk:
    for name, book in THREE:
        desk.put(name, book)
    return desk


def failing_after(calls: int, real: Callable[..., Any], reason: int) -> Callable[..., Any]:
    left = [calls]

    def act(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(reason, os.strerror(reason))
        return real(*arguments, **named)

    return act


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_disk_that_takes_no_more_is_told_and_the_next_run_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reason: int, calls: int
) -> None:
    laid(desk)
    with monkeypatch.context() as full:
        full.setattr(durable.os, "fsync", failing_after(calls, os.fsync, reason))
        done = desk.run("collect")
    assert done.code == 2
    assert "存档" in done.err
    assert "请" in done.err
    assert done.out == ""
    assert set(states(desk.collect()).values()) == {"current"}
    assert desk.run("ledger verify").code == 0
    assert not list((desk.task / ".xlsxeval" / "archive" / "incoming").iterdir())


def test_a_campaign_folder_that_cannot_be_written_is_told(desk: Desk) -> None:
    laid(desk)
    (desk.task / ".xlsxeval" / "archive").write_bytes(b"a file is in the way")
    done = desk.run("collect")
    assert (done.code, done.out) == (2, "")
    assert "存档" in done.err
    (desk.task / ".xlsxeval" / "archive").unlink()
    assert desk.run("collect").code == 0


def test_while_another_run_holds_the_campaign_nothing_is_written(desk: Desk) -> None:
    laid(desk)
    with desk.workspace().ledger() as other, other.run("李会计", NOW, "collect"):
        before = desk.recorded()
        with pytest.raises(LedgerBusyError):
            desk.collect()
        done = desk.run("collect")
        assert done.code == 2
        assert "李会计" in done.err
        assert desk.recorded() == before
        assert not (desk.task / ".xlsxeval" / "archive").exists()
    assert set(states(desk.collect()).values()) == {"current"}


def test_two_runs_at_once_lose_nothing_and_count_nothing_twice(desk: Desk) -> None:
    laid(desk)
    command = [sys.executable, "-m", "xlsxeval", "--templates", str(desk.post.templates), "collect", str(desk.task)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    codes = sorted(run.wait(60) for run in runs)
    for run in runs:
        run.communicate()
    assert codes in ([0, 0], [0, 2])
    result = desk.collect()
    assert set(states(result).values()) == {"current"}
    assert [one.version for one in result.files] == [1, 1, 1]


def test_after_the_clock_was_set_back_an_earlier_file_is_in_doubt_and_not_simply_old(desk: Desk) -> None:
    desk.put("一.xlsx", "001a", MONDAY)
    desk.collect(now=NOW)
    before = MONDAY - dt.timedelta(days=400)
    desk.put("二.xlsx", "001b", before)
    result = desk.collect(now=before + dt.timedelta(hours=1))
    assert result.clock_back
    assert states(result) == {"二.xlsx": "conflict", "一.xlsx": "conflict"}
    again = desk.collect(now=before + dt.timedelta(hours=2))
    assert again.told_apart == result.told_apart


def test_a_file_from_the_future_does_not_keep_out_what_comes_after_it(desk: Desk) -> None:
    desk.put("未来.xlsx", "001a", NOW + dt.timedelta(days=9000))
    desk.collect(now=TUESDAY)
    desk.put("后来.xlsx", "001b", TUESDAY + dt.timedelta(days=1))
    result = desk.collect(now=NOW)
    assert states(result)["后来.xlsx"] == "current"


def test_a_damaged_ledger_is_told_and_left_as_it_is(desk: Desk) -> None:
    laid(desk)
    ledger = desk.task / ".xlsxeval" / "ledger.sqlite"
    ledger.write_bytes(b"this was a ledger once" * 500)
    done = desk.run("collect")
    assert done.code == 2
    assert "ledger.sqlite" in done.err
    assert ledger.read_bytes() == b"this was a ledger once" * 500


def test_watching_collects_what_comes_and_tells_troubles_without_giving_up(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    told: list[CollectResult] = []
    acts: list[Callable[[], object]] = [
        lambda: None,
        lambda: desk.put("二.xlsx", "002a"),
        lambda: trouble.append(StorageError("磁盘满了。")),
        lambda: desk.put("三.xlsx", "003a"),
        lambda: None,
    ]
    trouble: list[StorageError] = []
    runs: list[int] = []

    def once() -> CollectResult:
        runs.append(1)
        if trouble:
            raise trouble.pop()
        return desk.collect()

    def sleep(seconds: float) -> None:
        assert seconds == 5
        if not acts:
            raise KeyboardInterrupt
        acts.pop(0)()

    last = watched(once, told.append, lambda: sorted(desk.inbox.iterdir()), 5, sleep)
    assert [len(result.files) for result in told] == [1, 2, 3]
    assert last == told[-1] or last.told_apart == told[-1].told_apart
    assert len(runs) == 4


def test_a_file_that_the_program_fails_at_is_set_aside_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid(desk)
    real = Judge.read_bytes

    def fails(judge: Judge, name: str, data: bytes) -> JudgedFile:
        if name == "二.xlsx":
            raise ZeroDivisionError
        return real(judge, name, data)

    with monkeypatch.context() as broken:
        broken.setattr(Judge, "read_bytes", fails)
        result = desk.collect()
    assert states(result) == {"一.xlsx": "current", "二.xlsx": "set_aside", "三.xlsx": "current"}
    assert [one.code for one in result.files if one.state is FileState.SET_ASIDE] == ["F053"]
    assert set(states(desk.collect()).values()) == {"current"}
