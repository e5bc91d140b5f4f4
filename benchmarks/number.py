"""What a batch costs by the number of its files: every one of another unit, so that none profits from an earlier one.

The whole command ``check`` in a fresh process, with one and with two processes; then the rate in ten windows of the
largest batch: a rate that falls, or memory that grows, would show there. Writing the files is not in the figures.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from benchmarks.child import step_of, usage_of
from benchmarks.harness import Table, Thoroughness
from benchmarks.material import made, returns

COLUMNS = ("files", "processes", "seconds by the clock", "CPU ms a file", "files a second", "largest process, MiB")
_MANY = 10_000
STEADY = ("after files", "processes", "files a second in this tenth", "memory of the first process so far, MiB")


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """1, 10, 100 and 1,000 files by the command, the windows over the 1,000; in a full run over 10,000 small ones, too."""
    numbers = (2,) if thoroughness.quick else (1, 10, 100, 1000)
    notes = [
        f"each of another unit: {made(thoroughness.projects).size}",
        "the whole command, each once, its start included",
    ]
    table = Table("number", "By the number of workbooks", COLUMNS, notes=notes)
    with _inbox(numbers[-1], thoroughness.projects) as inbox:
        files = sorted(inbox.iterdir())
        for number in numbers:
            for jobs in (1, 2):
                table.rows.append(_command(files[:number], inbox.parent, jobs))
        yield table
        yield _steady(inbox, (1, 2), notes[:1])
    if thoroughness.full:
        with _inbox(_MANY, projects=0) as inbox:
            yield _steady(inbox, (2,), [f"each of another unit without projects: {made(0).size}"])


@contextmanager
def _inbox(count: int, projects: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        inbox = Path(name) / "inbox"
        inbox.mkdir()
        for file, data in returns(count, projects):
            (inbox / file).write_bytes(data)
        yield inbox


def _steady(inbox: Path, processes: Sequence[int], notes: Sequence[str]) -> Table:
    count = sum(1 for _ in inbox.iterdir())
    table = Table("number", f"Steadiness: {count} files in ten windows", STEADY, notes=list(notes))
    for jobs in processes:
        told = json.loads(step_of("steady", str(inbox), str(jobs)).printed)
        for before, now in pairwise([{"files": 0, "seconds": 0.0}, *told]):
            rate = (now["files"] - before["files"]) / (now["seconds"] - before["seconds"])
            table.rows.append((now["files"], jobs, rate, now["peak"]))
    return table


def _command(files: list[Path], folder: Path, jobs: int) -> tuple[int | float, ...]:
    """``check`` on a folder with links to these files; links are not followed, so they are hard ones."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        some = Path(name) / "some"
        some.mkdir()
        for file in files:
            (some / file.name).hardlink_to(file)
        check = [sys.executable, "-m", "xlsxeval", "check", str(some), "-j", str(jobs), "--fail-on", "never"]
        used = usage_of([*check, "-o", str(Path(name) / "out.json")])
    count = len(files)
    return (count, jobs, used.wall, used.cpu / count * 1000, count / used.wall, used.peak)
