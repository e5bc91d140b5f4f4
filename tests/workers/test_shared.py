"""Workers that many threads share: whatever one item does, every other gets its own result, and the workers come back."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest

from tests.workers.test_local import QUICK, alive, linux
from tests.workers.works import DiesOnce, Prepared, Unarrivable, double, troubled, unsendable, who
from xlsxeval.errors import UsageError
from xlsxeval.workers import Bounds, LossReason, Lost
from xlsxeval.workers.local import WorkersError
from xlsxeval.workers.shared import SharedWorkers, WorkersClosedError


def why(found: object) -> object:
    return found.why if isinstance(found, Lost) else found


def test_every_thread_gets_its_own_result_and_few_workers_serve_them_all() -> None:
    with SharedWorkers(2) as workers, ThreadPoolExecutor(20) as threads:
        assert list(threads.map(lambda n: workers.do(double, n, QUICK), range(100))) == [2 * n for n in range(100)]
        assert len(set(threads.map(lambda n: workers.do(who, n, QUICK), range(20)))) <= 2


def test_a_list_comes_back_in_its_order() -> None:
    with SharedWorkers(2) as workers:
        assert list(workers.each(double, range(30), QUICK)) == [2 * n for n in range(30)]
        assert list(workers.each(double, [], QUICK)) == []


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("exit 3", LossReason.DIED),
        ("crash", LossReason.DIED),
        ("hang in C", LossReason.TIME),
        pytest.param("memory", LossReason.MEMORY, marks=linux),
        ("bug", LossReason.BUG),
    ],
)
def test_one_bad_item_costs_itself_alone(what: str, reason: LossReason) -> None:
    """With a single worker, and all others waiting behind the bad one."""
    items: list[int | str] = [0, what, 2, what, 4]
    with SharedWorkers(1) as workers, ThreadPoolExecutor(5) as threads:
        found = list(threads.map(lambda one: why(workers.do(troubled, one, QUICK)), items))
    assert found == [0, reason, 4, reason, 8]


def test_an_item_whose_worker_died_is_tried_once_more(tmp_path: Path) -> None:
    with SharedWorkers(1) as workers:
        assert not isinstance(workers.do(DiesOnce(tmp_path / "died", at=3), 3, QUICK), Lost)
    assert (tmp_path / "died").exists()


def test_a_result_that_cannot_travel_is_a_bug_of_that_item() -> None:
    with SharedWorkers(1) as workers:
        assert why(workers.do(unsendable, 1, QUICK)) is LossReason.BUG
        assert workers.do(double, 1, QUICK) == 2


@pytest.mark.parametrize(("what", "error"), [("usage", UsageError), ("disk", OSError)])
def test_what_concerns_everything_is_raised_to_who_asked_and_the_worker_stays(
    what: str, error: type[Exception]
) -> None:
    with SharedWorkers(1) as workers:
        before = workers.do(troubled, "who", QUICK)
        with pytest.raises(error):
            workers.do(troubled, what, QUICK)
        assert workers.do(troubled, "who", QUICK) == before


def test_preparing_counts_for_no_item(tmp_path: Path) -> None:
    work = Prepared(tmp_path, seconds=2.0)
    with SharedWorkers(1) as workers:
        assert [workers.do(work, n, QUICK) for n in range(3)] == [0, 1, 2]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_worker_is_replaced_after_so_many_items() -> None:
    with SharedWorkers(1, items_each=3) as workers:
        pids = [workers.do(who, n, QUICK) for n in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_other_work_takes_a_worker_over_and_both_are_served() -> None:
    with SharedWorkers(1) as workers:
        assert [workers.do(work, 1, QUICK) for work in (double, troubled, double)] == [2, 2, 2]  # type: ignore[arg-type]


def test_how_many_wait_can_be_asked() -> None:
    with SharedWorkers(1) as workers, ThreadPoolExecutor(4) as threads:
        workers.do(double, 1, QUICK)
        assert workers.waiting == 0
        asked = [threads.submit(workers.do, troubled, what, Bounds(seconds=3)) for what in ("sleep", 1, 2, 3)]
        until = time.monotonic() + 2
        while workers.waiting < 3 and time.monotonic() < until:
            time.sleep(0.01)
        assert workers.waiting == 3
        assert [why(one.result()) for one in asked] == [LossReason.TIME, 2, 4, 6]
        assert workers.waiting == 0


def test_closing_ends_every_worker_and_wakes_whoever_waits() -> None:
    workers = SharedWorkers(1)
    pid = workers.do(who, 1, QUICK)
    told: list[BaseException] = []

    def ask(what: str | int) -> None:
        try:
            workers.do(troubled, what, Bounds(seconds=60))
        except WorkersClosedError as error:
            told.append(error)

    threads = [Thread(target=ask, args=(what,)) for what in ("sleep", 1)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    workers.close()
    for thread in threads:
        thread.join(20)
    assert len(told) == 2
    assert not alive(pid)  # type: ignore[arg-type]
    with pytest.raises(WorkersClosedError):
        workers.do(double, 1, QUICK)
    workers.close()


def test_where_no_worker_starts_that_is_told() -> None:
    with SharedWorkers(1) as workers:
        with pytest.raises(WorkersError, match="__main__"):
            workers.do(Unarrivable(), 1, QUICK)
        assert workers.do(double, 1, QUICK) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of POSIX")
def test_workers_go_when_the_process_that_started_them_is_killed() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.workers.sleeping", "shared"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    pids = [int(pid) for pid in child.stdout.readline().split()]
    assert pids
    assert all(map(alive, pids))
    child.kill()
    child.wait()
    until = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, pids))
