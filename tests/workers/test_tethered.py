"""A program that another was asked to run ends with the one that asked, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xlsxeval.workers import tethered

ASK = """
import subprocess, sys, time
command = [sys.executable, {tether!r}, {folder!r}, sys.executable, "-c", {program!r}]
child = subprocess.Popen(command, stdin=subprocess.PIPE)
time.sleep(60)
"""
PROGRAM = "import os, pathlib, time; pathlib.Path({sign!r}).write_text(str(os.getpid())); time.sleep(60)"


def _waited(condition: object, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_it_ends_with_who_asked_and_leaves_no_folder(tmp_path: Path, how: str) -> None:
    folder, sign = tmp_path / "folder", tmp_path / "sign"
    folder.mkdir()
    program = PROGRAM.format(sign=str(sign))
    text = ASK.format(tether=tethered.__file__, folder=str(folder), program=program)
    asking = subprocess.Popen([sys.executable, "-c", text])
    assert _waited(lambda: sign.exists() and sign.read_text())
    asking.send_signal(getattr(signal, how))
    asking.wait()
    assert _waited(lambda: not _runs(int(sign.read_text())))
    assert _waited(lambda: not folder.exists())


def _code(command: list[str]) -> int:
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        return process.wait()


def test_its_exit_code_is_that_of_the_program(tmp_path: Path) -> None:
    command = [sys.executable, tethered.__file__, str(tmp_path)]
    for code in (0, 3):
        assert _code([*command, sys.executable, "-c", f"raise SystemExit({code})"]) == code
    assert _code([*command, str(tmp_path / "none")]) == 127
