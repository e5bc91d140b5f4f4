"""Bounds on the memory of a process, where the system holds a process to one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread


def limit_memory(most: int | None) -> None:
    """Makes the system refuse this process more memory, where it can: see :func:`holds_memory`."""
    if most is None or not holds_memory():
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


def holds_memory() -> bool:
    """Whether this system holds a process to a bound of memory: Linux does, macOS takes the bound and ignores it."""
    return sys.platform.startswith("linux")


@contextmanager
def less_memory(most: int | None) -> Iterator[None]:
    """Bounds what this process may hold besides what it holds now."""
    if most is None or not holds_memory() or current_thread() is not main_thread():
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    unbounded = resource.RLIM_INFINITY
    bound = min(held + most, *(one for one in before if one != unbounded), held + most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
