"""Runs another program that ends when the program that asked for it ends, however that is: started by its path.

``python tethered.py FOLDER PROGRAM ARGUMENT…``: while standard input stays open the program runs. Once it closes, which
the system sees to even where its holder was killed, the program is ended with all that it started, and FOLDER is removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading


def main(folder: str, command: list[str]) -> int:
    """Runs the command; returns its exit code, or that of a program that cannot be started."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    except OSError as error:
        os.write(2, f"{error.strerror}\n".encode("utf-8", "replace"))
        return 127
    ended, cut = threading.Event(), threading.Event()

    def watch() -> None:
        while os.read(0, 1024):
            pass
        if not ended.is_set():
            cut.set()
            _end(process)
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    code = process.wait()
    if cut.is_set():
        threading.Event().wait()  # the other thread removes the folder and ends this process
    ended.set()
    return code


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program with those that it started itself."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # pragma: no cover - Windows
        subprocess.run(  # noqa: S603
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    process.wait()


if __name__ == "__main__":
    code = main(sys.argv[1], sys.argv[2:])
    os._exit(code & 0xFF)
