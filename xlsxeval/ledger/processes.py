"""Whether the process that took the run lock is still there."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process of a host. ``started`` tells it from a later one of the same number; empty where that is not known."""

    host: str
    number: int
    started: str

    def is_gone(self) -> bool:
        """Whether it has surely ended. Of another host's processes nothing is sure."""
        if self.host != socket.gethostname():
            return False
        if not _exists(self.number):
            return True
        return bool(self.started) and _started(self.number) not in {"", self.started}


def this_process() -> Process:
    """The process that runs."""
    return Process(socket.gethostname(), os.getpid(), _started(os.getpid()))


def _started(number: int) -> str:
    """When a process was started, in the system's own count; only Linux says it without other libraries."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
    return f"{boot}/{stat.rpartition(')')[2].split()[19]}"


def _exists(number: int) -> bool:
    if sys.platform == "win32":
        return _exists_on_windows(number)
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def _exists_on_windows(number: int) -> bool:
    """There, os.kill would end the process."""
    import ctypes

    query, still_active = 0x1000, 259
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(query, False, number)
    if not handle:
        return bool(kernel.GetLastError() == 5)  # there, but not ours
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active
