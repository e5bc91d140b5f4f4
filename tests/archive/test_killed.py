"""A process that is killed at any act on the disk, and run again, ends in the same state."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from xlsxeval.archive import Archive

CONTENT = "收回的表" * 2000
SHA = hashlib.sha256(CONTENT.encode()).hexdigest()
ROOT = Path(__file__).resolve().parents[2]


def _store(folder: Path, number: int, moment: str) -> int:
    command = [sys.executable, "-m", "tests.archive.dying", str(folder), CONTENT, str(number), moment]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("moment", ["before", "after", "torn"])
def test_killed_at_any_point_and_run_again_it_ends_in_the_same_state(tmp_path: Path, moment: str) -> None:
    whole = Archive(tmp_path / "whole")
    whole.store(CONTENT.encode())
    for number in range(1, 100):
        folder = tmp_path / f"{number}"
        code = _store(folder, number, moment)
        archive = Archive(folder)
        assert archive.verify() == []
        assert list(archive) in ([], [SHA])
        archive.store(CONTENT.encode())
        archive.tidy()
        assert _state(folder) == _state(whole.folder)
        if code == 0:
            break
    assert code == 0
    assert number > 10
