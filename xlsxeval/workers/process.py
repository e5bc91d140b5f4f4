"""One worker as the process that started it sees it."""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from threading import Lock, current_thread, main_thread
from types import ModuleType

from xlsxeval.workers.protocol import Bounds
from xlsxeval.workers.worker import run

_ONE_START_AT_A_TIME = Lock()
"""What ``multiprocessing`` remembers of its children is not made for threads."""


class Worker:
    """One process; ``run`` are the items that are meant for it, ``sent`` those it has, the first of them in work."""

    def __init__(self, work: bytes, bounds: Bounds) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=run, args=(theirs, bounds.memory_bytes), daemon=True)
        with _ONE_START_AT_A_TIME, _without_main(), _deaf_to_interrupts():
            self.process.start()
        theirs.close()
        self.run: deque[int] = deque()
        self.sent: deque[int] = deque()
        self.ready = False
        self.since = time.monotonic()
        self.pipe.send_bytes(work)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _without_main() -> Iterator[None]:
    """A process that is started in here does not run the main script again, which it needs for nothing: a script that
    has no ``if __name__ == "__main__"`` would otherwise do everything twice."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that is started in here never hears Ctrl-C, not even before its first line; this one hears it after."""
    if not hasattr(signal, "pthread_sigmask") or current_thread() is not main_thread():
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it lifts the mask when it is started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
