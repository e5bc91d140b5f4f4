"""Processes of this machine: whatever one item does, every other gets its result, in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.workers.works import DiesOnce, Prepared, Unarrivable, double, troubled, unsendable, who
from xlsxeval.errors import UsageError
from xlsxeval.workers import Bounds, LossReason, Lost
from xlsxeval.workers.local import WorkersError, each
from xlsxeval.workers.memory import holds_memory

QUICK = Bounds(seconds=1.5, memory_bytes=400 << 20)
linux = pytest.mark.skipif(not holds_memory(), reason="this system holds no process to a bound of memory")


def outcome(items: Sequence[int | str], jobs: int = 2, bounds: Bounds = QUICK) -> list[object]:
    """The results, with why in the place of what is lost."""
    return [found.why if isinstance(found, Lost) else found for found in each(troubled, items, jobs, bounds)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(each(double, range(100), jobs)) == [2 * number for number in range(100)]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(each(double, [], 2)) == []


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("exit 3", LossReason.DIED),
        ("exit 0", LossReason.DIED),
        ("crash", LossReason.DIED),
        ("sleep", LossReason.TIME),
        ("hang in C", LossReason.TIME),
        pytest.param("memory", LossReason.MEMORY, marks=linux),
        ("recursion", LossReason.BUG),
        ("bug", LossReason.BUG),
    ],
)
def test_one_bad_item_never_stops_the_others(what: str, why: LossReason) -> None:
    assert outcome([0, 1, what, 3, 4, 5]) == [0, 2, why, 6, 8, 10]


def test_many_bad_items_one_after_another() -> None:
    assert outcome(["exit 3", "bug", "crash", 3, "exit 0", "exit 3", 6], jobs=3) == [
        LossReason.DIED,
        LossReason.BUG,
        LossReason.DIED,
        6,
        LossReason.DIED,
        LossReason.DIED,
        12,
    ]


def test_what_was_lost_is_told_with_its_facts() -> None:
    lost = list(each(troubled, ["sleep", "bug", "exit 3"], 1, QUICK))
    assert [type(one) for one in lost] == [Lost] * 3
    slow, bug, gone = (one.detail for one in lost if isinstance(one, Lost))
    assert "1.5" in slow
    assert "ZeroDivisionError" in bug
    assert "works.py" in bug
    assert "3" in gone


def test_a_result_that_cannot_travel_is_a_bug_of_that_item() -> None:
    (lost,) = each(unsendable, [1], 1)
    assert isinstance(lost, Lost)
    assert lost.why is LossReason.BUG


@pytest.mark.parametrize(("what", "error"), [("usage", UsageError), ("disk", OSError)])
def test_what_concerns_the_whole_run_is_raised(what: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        outcome([0, what, 2])


def test_whose_worker_died_is_tried_again_alone_before_it_is_blamed(tmp_path: Path) -> None:
    spans = list(each(DiesOnce(tmp_path / "died", at=3), range(12), 3))
    assert (tmp_path / "died").exists()
    assert not any(isinstance(span, Lost) for span in spans)
    start, end = spans[3]
    assert all(other_end <= start or end <= other_start for n, (other_start, other_end) in enumerate(spans) if n != 3)


def test_preparing_counts_for_no_item_and_is_done_once(tmp_path: Path) -> None:
    assert list(each(Prepared(tmp_path, seconds=2.0), range(20), 2, QUICK)) == list(range(20))
    assert 1 <= len(list(tmp_path.iterdir())) <= 2


def test_waiting_for_the_caller_is_no_time_of_the_item() -> None:
    found = []
    for number in each(double, range(6), 2, Bounds(seconds=1.0)):
        time.sleep(0.4)
        found.append(number)
    assert found == [0, 2, 4, 6, 8, 10]


def test_where_no_worker_starts_that_is_told() -> None:
    with pytest.raises(WorkersError, match="-j 1"):
        list(each(Unarrivable(), [1, 2], 1))


def test_closing_ends_every_worker() -> None:
    running = each(who, range(1000), 2)
    seen = {next(running) for _ in range(20)}
    running.close()
    assert all(isinstance(pid, int) and not alive(pid) for pid in seen)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of POSIX")
def test_workers_go_when_the_process_that_started_them_is_killed() -> None:
    child = subprocess.Popen([sys.executable, "-m", "tests.workers.sleeping"], stdout=subprocess.PIPE, text=True)
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


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or ") Z " not in state.read_text()
