"""Bounds of time and memory without a worker: what takes more is lost, what comes after it is done."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest

from tests.workers.works import troubled
from xlsxeval.workers import Bounds, LossReason, Lost
from xlsxeval.workers.inline import each
from xlsxeval.workers.memory import holds_memory
from xlsxeval.workers.within import OverBoundsError, within

QUICK = Bounds(seconds=0.2, memory_bytes=100 << 20)
linux = pytest.mark.skipif(not holds_memory(), reason="this system holds no process to a bound of memory")
signals = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system interrupts no call of C")


def spin() -> None:
    while True:
        time.monotonic()


def in_a_thread(work: Callable[[], None]) -> list[object]:
    """What came of some work in a thread that is not the main one."""
    found: list[object] = []

    def run() -> None:
        try:
            with within(QUICK):
                work()
            found.append("done")
        except OverBoundsError as error:
            found.append(error.lost.why)

    thread = Thread(target=run)
    thread.start()
    thread.join(10)
    return found


@pytest.mark.parametrize(
    ("what", "why"),
    [
        pytest.param("sleep", LossReason.TIME, marks=signals),
        pytest.param("hang in C", LossReason.TIME, marks=signals),
        pytest.param("memory", LossReason.MEMORY, marks=linux),
        ("bug", LossReason.BUG),
    ],
)
def test_one_bad_item_never_stops_the_others(what: str, why: LossReason) -> None:
    bounds = QUICK if why is LossReason.TIME else replace(QUICK, seconds=30)  # a slow machine fills memory slowly
    found = list(each(troubled, [1, what, 3], bounds=bounds))
    assert [one.why if isinstance(one, Lost) else one for one in found] == [2, why, 6]


def test_a_thread_is_interrupted_between_two_steps() -> None:
    assert in_a_thread(spin) == [LossReason.TIME]
    assert in_a_thread(lambda: None) == ["done"]


def test_whoever_is_too_slow_is_told_its_own_bound() -> None:
    with pytest.raises(OverBoundsError) as outer, within(QUICK), within(Bounds(seconds=60)):
        spin()
    assert "0.2" in outer.value.lost.detail


def test_nothing_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    with pytest.raises(OverBoundsError), within(QUICK):
        spin()
    time.sleep(0.3)  # an alarm that went on would ring here
    with within(QUICK):
        assert sum(range(1000)) == 499_500
    if hasattr(signal, "SIGALRM"):
        assert signal.getsignal(signal.SIGALRM) == before
