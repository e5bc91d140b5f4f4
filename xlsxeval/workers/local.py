"""Workers on this machine: one process, one pipe and one run of neighbouring items each.

Why no ready-made pool. ``concurrent.futures`` gives a whole pool up when one process dies, and has no time limit. Pebble has
one, but all its workers read from one pipe under one lock: a worker that the system kills while it holds the lock stops the
others for a minute or for good, and one that ends with code 0 is not noticed. Here nothing is shared, so nothing can be left
locked: what a dying worker takes along is its own pipe.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any, Final, TypeVar

from xlsxeval.errors import XlsxevalError
from xlsxeval.workers.exit_codes import farewell
from xlsxeval.workers.packed_work import packed
from xlsxeval.workers.process import Worker
from xlsxeval.workers.protocol import Bounds, LossReason, Lost, out_of_memory, out_of_time
from xlsxeval.workers.worker import READY, Raised

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_JOBS: Final = 60
"""Windows waits for no more than 63 things at once."""
_AHEAD = 2
"""Items at a worker: one in work and one waiting, so that it never waits for this process."""
_LONGEST_RUN = 16
SECONDS_TO_START: Final = 180.0
STARTS: Final = 3
"""How often in a row a worker may fail to start before it is given up."""
_GLANCE = 0.5
"""Seconds after which waiting looks up: on Windows Ctrl-C comes through between two waits only."""


class WorkersError(XlsxevalError):
    """No worker can be started."""


def each(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, bounds: Bounds | None = None
) -> Iterator[Result | Lost]:
    """``protocol.Each`` with processes of this machine. Raises WorkersError where none can be started, too."""
    if items:
        yield from StandingWorkers(work, min(jobs, len(items), MOST_JOBS), bounds or Bounds()).each(items, stay=False)


class StandingWorkers:
    """Workers that stay for more than one list of items: what ``work`` remembers, and their start, serve all of them."""

    def __init__(self, work: object, jobs: int, bounds: Bounds) -> None:
        self._crew = _Crew(work, jobs, bounds)

    def each(self, items: Sequence[Any], *, stay: bool = True) -> Iterator[Any]:
        """The results of this list, in order. Where something is raised, and where they shall not stay, the workers end."""
        self._crew.begin(items)
        try:
            for number in range(len(items)):
                self._crew.go_on(0)
                while number not in self._crew.answers:
                    self._crew.go_on(_GLANCE)
                yield self._crew.answers.pop(number)
        except BaseException:
            stay = False
            raise
        finally:
            if not stay:
                self._crew.end()

    def end(self) -> None:
        """Ends every worker at once."""
        self._crew.end()


class _Crew:
    """The workers, what they are to do and what they answered, by the number of the item."""

    def __init__(self, work: object, jobs: int, bounds: Bounds) -> None:
        self.answers: dict[int, Any] = {}
        self._work = packed(work)
        self._items: Sequence[Any] = ()
        self._jobs = jobs
        self._bounds = bounds
        self._waiting: deque[int] = deque()
        self._workers: list[Worker] = []
        self._suspects: deque[int] = deque()
        self._on_trial: int | None = None
        self._failed_starts = 0

    def begin(self, items: Sequence[Any]) -> None:
        """Takes a list of items, all of the one before being answered."""
        self._items = items
        self._waiting.extend(range(len(items)))

    def go_on(self, seconds: float) -> None:
        """Gives out what can be given out, then takes what comes within that time."""
        self._give_out()
        by_pipe: dict[object, Worker] = {worker.pipe: worker for worker in self._workers}
        for pipe in wait([worker.pipe for worker in self._workers], min(seconds, self._time_left())):
            self._take(by_pipe[pipe])
        for worker in list(self._workers):
            if not worker.ready and time.monotonic() - worker.since > SECONDS_TO_START:
                self._bury(worker, slow_start())
            elif self._left(worker) <= 0 and not worker.pipe.poll():
                self._bury(worker, out_of_time(self._bounds))
        self._give_out()

    def end(self) -> None:
        """Ends every worker at once; their work so far is in ``answers`` or is lost."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        for rest in (self._waiting, self._suspects, self.answers):
            rest.clear()
        self._on_trial = None

    def _give_out(self) -> None:
        """Whoever is under suspicion works alone: the others finish what they have, then it gets a fresh worker."""
        if self._on_trial is not None:
            return
        if self._suspects:
            if not any(worker.sent for worker in self._workers):
                self._on_trial = self._suspects.popleft()
                self._hand(self._hired(), self._on_trial)
            return
        while len(self._workers) < self._jobs and self._waiting:
            worker = self._hired()
            worker.run = self._next_run()
        for worker in self._workers:
            while len(worker.sent) < _AHEAD and (worker.run or self._waiting):
                worker.run = worker.run or self._next_run()
                self._hand(worker, worker.run.popleft())

    def _next_run(self) -> deque[int]:
        """Neighbours for one worker: many while much is left, few in the end, so that all finish together."""
        length = max(1, min(_LONGEST_RUN, len(self._waiting) // (4 * self._jobs)))
        return deque(self._waiting.popleft() for _ in range(length))

    def _hired(self) -> Worker:
        worker = Worker(self._work, self._bounds)
        self._workers.append(worker)
        return worker

    def _hand(self, worker: Worker, number: int) -> None:
        if not worker.sent:
            worker.since = time.monotonic()
        worker.sent.append(number)
        with suppress(OSError):  # where it is gone, its pipe says so when it is read
            worker.pipe.send((number, self._items[number]))

    def _take(self, worker: Worker) -> None:
        try:
            number, answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._bury(worker, farewell(worker.process.exitcode))
            return
        if isinstance(answer, Raised):
            raise answer.error
        worker.since = time.monotonic()
        if number == READY:
            worker.ready, self._failed_starts = True, 0
            return
        if isinstance(answer, Lost) and answer.why is LossReason.MEMORY:
            self._bury(worker, out_of_memory(self._bounds))  # what is left of its memory serves nobody
            return
        worker.sent.remove(number)
        self._answer(number, answer)

    def _bury(self, worker: Worker, lost: Lost) -> None:
        """What is in work when a worker goes is tried once more, alone, before it is blamed; the rest is given to others."""
        worker.end()
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise WorkersError(f"另开的工作进程起不来：{lost.detail}。请加 -j 1 再运行一次（不另开进程）。")
            self._waiting.extendleft(reversed([*worker.sent, *worker.run]))
            if self._on_trial is not None:
                self._suspects.appendleft(self._waiting.popleft())
                self._on_trial = None
            return
        if worker.sent:
            number = worker.sent.popleft()
            if number == self._on_trial:
                self._answer(number, lost)
            else:
                self._suspects.append(number)
        self._waiting.extendleft(reversed([*worker.sent, *worker.run]))

    def _answer(self, number: int, answer: object) -> None:
        self.answers[number] = answer
        if number == self._on_trial:
            self._on_trial = None

    def _left(self, worker: Worker) -> float:
        """Seconds until the item in work has taken too long."""
        if not worker.ready or not worker.sent or self._bounds.seconds is None:
            return float("inf")
        return worker.since + self._bounds.seconds - time.monotonic()

    def _time_left(self) -> float:
        return max(0.0, min(map(self._left, self._workers), default=0.0))


def slow_start() -> Lost:
    """What stands for a worker that never got ready."""
    return Lost(LossReason.TIME, f"工作进程 {SECONDS_TO_START:.0f} 秒还没有准备好")
