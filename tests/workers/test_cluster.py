"""Processes of other machines, through Dask: whatever happens to one of them, every item has its result, once, in order."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from tests.workers.clusterdesk import Desk, cluster
from tests.workers.works import Ending, Native, Noted, Unhurried, double, troubled
from xlsxeval.errors import UsageError
from xlsxeval.workers import Bounds, LossReason, Lost
from xlsxeval.workers import cluster as module
from xlsxeval.workers.cluster import Cluster, ClusterError
from xlsxeval.workers.runs import runs_of


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with cluster() as made:
        yield made


def test_results_come_in_the_order_of_the_items(desk: Desk) -> None:
    assert list(Cluster(desk.address).each(double, range(100))) == [2 * number for number in range(100)]


def test_a_file_that_ends_its_process_hangs_or_fails_costs_itself_only(desk: Desk) -> None:
    items = [1, "exit 3", 2, "sleep", 3, "bug", 4]
    found = Cluster(desk.address).each(troubled, items, Bounds(seconds=1.5))
    told = [one.why if isinstance(one, Lost) else one for one in found]
    assert told == [2, LossReason.DIED, 4, LossReason.TIME, 6, LossReason.BUG, 8]


def test_what_concerns_the_whole_run_is_raised(desk: Desk) -> None:
    with pytest.raises(UsageError, match="任务不对"):
        list(Cluster(desk.address).each(troubled, [1, "usage"]))


def test_a_worker_that_is_killed_midway_loses_nothing_and_doubles_nothing(desk: Desk, tmp_path: Path) -> None:
    work = Noted(tmp_path)
    found = Cluster(desk.address).each(work, range(60))
    results = [next(found)]
    victim = work.done()[0][0]
    os.kill(victim, signal.SIGKILL)
    results += found
    assert results == [2 * number for number in range(60)]
    assert any(victim not in pids for pids in work.done().values())


def test_a_worker_that_is_not_like_this_machine_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match=rf"进程是 \d+，这里是 {os.getpid()}"):
        list(Cluster(desk.address).each(Native(1), range(3)))


def test_a_worker_that_ends_while_it_is_compared_is_done_without(desk: Desk, tmp_path: Path) -> None:
    assert list(Cluster(desk.address).each(Ending(tmp_path / "gone"), range(20))) == [2 * one for one in range(20)]
    assert (tmp_path / "gone").exists()


def test_a_scheduler_that_ends_while_workers_are_compared_is_told_in_one_sentence(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with cluster(1) as dying:
        Timer(1.0, dying.process.kill).start()
        with pytest.raises((ClusterError, UsageError)) as error:
            list(Cluster(dying.address, patience=3).each(Unhurried(), range(3)))
    assert str(error.value).endswith("。")
    assert "Traceback" not in capfd.readouterr().err


def test_a_scheduler_that_is_not_there_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS_TO_CONNECT", 1.0)
    started = time.monotonic()
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:9"):
        list(Cluster("tcp://127.0.0.1:9").each(double, [1]))
    assert time.monotonic() - started < 30


def test_what_a_lost_cluster_left_undone_is_named_and_done_by_the_next_run(desk: Desk, tmp_path: Path) -> None:
    work = Noted(tmp_path)
    results = []
    with cluster(1) as dying:
        found = Cluster(dying.address).each(work, range(60))
        results += [next(found), next(found), next(found)]
        dying.process.kill()
        with pytest.raises(ClusterError) as error:
            results.extend(found)
    assert results == [2 * number for number in range(len(results))]
    before = work.done()
    kept = {item for run in runs_of(range(60)) if work.kept(run) is not None for item in run}
    assert 3 <= len(kept) < 60
    assert "、59。" in str(error.value) or "……" in str(error.value)
    assert list(Cluster(desk.address).each(work, range(60))) == [2 * number for number in range(60)]
    assert {item: work.done()[item] for item in kept} == {item: before[item] for item in kept}


def test_a_scheduler_without_workers_is_told(tmp_path: Path) -> None:
    with cluster(0) as empty, pytest.raises(UsageError, match="没有工作机"):
        list(Cluster(empty.address, patience=1).each(double, [1]))
