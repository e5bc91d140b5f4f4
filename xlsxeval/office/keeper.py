"""Keeps one LibreOffice: a process between it and the one that asked, run as a script without anything of this package.

``python keeper.py SECONDS MEMORY BYTES APART FOLDER COMMAND…``. Its standard input is a pipe that nobody writes to; when
it ends, whoever asked is gone: LibreOffice ends with all that it started, and the folder is removed. It ends with the code
of LibreOffice, or with ``TIMED_OUT``.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading

TIMED_OUT = 124
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def _without_network() -> None:
    """Leaves the network where the system lets anybody do so (Linux); the settings of the profile hold everywhere."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK):
        return
    with contextlib.suppress(OSError):
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123
                file.write(text)


def _bound(seconds: int, memory: int, size: int) -> None:
    """Bounds that LibreOffice inherits: processor time, memory, the size of a file."""
    import resource

    bounds = [(resource.RLIMIT_CPU, 2 * seconds), (resource.RLIMIT_FSIZE, size), (resource.RLIMIT_CORE, 0)]
    if sys.platform.startswith("linux"):
        bounds.append((resource.RLIMIT_DATA, memory))
    for kind, most in bounds:
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """LibreOffice with the program that it starts itself, which would live on and hold its profile."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


def main(arguments: list[str]) -> int:
    """Runs the command and tells how it ended."""
    seconds, memory, size, apart = map(int, arguments[:4])
    folder, command = arguments[4], arguments[5:]
    if os.name == "posix":
        _bound(seconds, memory, size)
        if apart and sys.platform.startswith("linux"):
            _without_network()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    abandoned = threading.Event()

    def watch() -> None:
        os.read(0, 1)
        abandoned.set()
        _end(process)

    threading.Thread(target=watch, daemon=True).start()
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return TIMED_OUT
    finally:
        _end(process)
        if abandoned.is_set():
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]) & 0xFF)  # the thread that watches is still reading
