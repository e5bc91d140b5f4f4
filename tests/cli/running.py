"""The command line run in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.cli import main

CAMPAIGN = Path(__file__).resolve().parent.parent / "support" / "campaigns" / "hunan-2024"
VALUES = CAMPAIGN / "values.yaml"


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def run(*args: str | Path, encoding: str = "utf-8") -> Ran:
    """Runs a command in this process, which is quick, on a console of that encoding."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(arg) for arg in args])
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    told, said = (stream.buffer.getvalue() for stream in (out, err))  # type: ignore[attr-defined]
    return Ran(code, told.decode("utf-8"), said.decode(encoding))


def run_process(
    *args: str | Path, environment: Mapping[str, str] | None = None, cwd: Path | None = None, encoding: str = "utf-8"
) -> Ran:
    """Runs a command in a process of its own: as a console does."""
    command = [sys.executable, "-m", "xlsxeval", *(str(arg) for arg in args)]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **(environment or {})}, cwd=cwd, check=False)
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode(encoding))


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, also the hidden ones, with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
