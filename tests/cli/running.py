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
from unittest.mock import patch

from xlsxeval.cli import main
from xlsxeval.layout.layout import WorkbookShape
from xlsxeval.layout.shaping import Outline, Shapes

CAMPAIGN = Path(__file__).resolve().parent.parent / "support" / "campaigns" / "hunan-2024"
VALUES = CAMPAIGN / "values.yaml"


_SHAPES = Shapes()
_shape_of = Shapes.of


def _shared(_: Shapes, outline: Outline, unit: str) -> WorkbookShape:
    """The shape of an outline from those of all commands that ran here: a third of a command's time is making them.

    ``tests/forms/test_shapes.py`` shows that a layout is the same whoever else its shape was made for.
    """
    return _shape_of(_SHAPES, outline, unit)


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def run(*args: str | Path) -> Ran:
    """Runs a command in this process: quick."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code = 0
    with redirect_stdout(out), redirect_stderr(err), patch.object(Shapes, "of", _shared):
        try:
            main([str(arg) for arg in args])
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    texts = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]  # type: ignore[attr-defined]
    return Ran(code, *texts)


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
