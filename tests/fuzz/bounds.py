"""What one input may cost: processor time and memory, measured where it is spent."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SECONDS = 20
"""Of processor time; a usual input takes a hundredth of one."""
MEMORY = 700 * 1024 * 1024


class TooMuch(BaseException):
    """No Exception, so that nothing on the way takes it for a fault of the file."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooMuch in the block when its processor time is up, MemoryError when it asks for too much. Unix alone."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TooMuch(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        with _less_memory():
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _less_memory() -> Iterator[None]:
    """The address space may grow by MEMORY, where that can be set and measured."""
    status = Path("/proc/self/statm")
    if not status.exists():
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    now = int(status.read_text().split()[0]) * resource.getpagesize()
    limit = now + MEMORY if soft == resource.RLIM_INFINITY else min(soft, now + MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
