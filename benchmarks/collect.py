"""What collecting a whole campaign costs, beside plain reading of the same inbox; and what each command on it costs.

The campaign is that of ``tools/made_campaign.py``: every kind of return is in it. Plain reading is what nobody can go
below who wants to know what lies there: every file read, every package unpacked, every part of it parsed. Each row is
a whole command in a fresh process, its start included. ``python -m benchmarks.collect FOLDER`` is the plain reading.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from benchmarks.child import step_of, usage_of
from benchmarks.floor import parse
from benchmarks.harness import Table, Thoroughness

COLUMNS = (
    "units",
    "files",
    "step",
    "CPU ms a file",
    "times plain reading",
    "seconds by the clock",
    "largest process, MiB",
)
_STEPS = (
    *("check --fail-on never", "collect", "collect", "status", "status --format json", "status --html"),
    *("summary", "remind", "run", "run"),
)
"""In this order; what is done twice finds nothing new the second time."""
_PROGRAM = (sys.executable, "-m", "xlsxeval")
_ENDS = (0, 1)
"""Commands that tell of something to do end with 1."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    OSError,
)


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """Some 100, 300 and 1,000 units, each step once: what is measured is many files already."""
    from tests.support.made.making import make_campaign

    numbers = (104,) if thoroughness.quick else (104, 300, 1000)
    notes = ["each step once, one process", "the second time, collect finds nothing new"]
    table = Table("collect", "A campaign collected", COLUMNS, notes=notes)
    for units in numbers:
        with tempfile.TemporaryDirectory() as name:
            task = Path(name) / "任务"
            files = int(str(make_campaign(task, units)["inbox"]))
            table.rows += _rows(task, units, files, _STEPS[:2] if thoroughness.quick else _STEPS)
    yield table


def _rows(task: Path, units: int, files: int, steps: Sequence[str]) -> Iterator[Sequence[str | int | float]]:
    plain = step_of("collect", str(task / "收回"))
    yield (units, files, "plain reading", plain.cpu / files * 1000, 1.0, plain.wall, plain.peak)
    results = {"check": "核对.json", "summary": "汇总.xlsx", "remind": "催报"}
    for step in steps:
        command, *more = step.split()
        if command in results:
            more += ["-o", str(task / results[command])]
        if step.endswith("--html"):
            more.append(str(task / "看板.html"))
        used = usage_of([*_PROGRAM, command, str(task), *more, "-j", "1"], _ENDS)
        yield (units, files, step, used.cpu / files * 1000, used.cpu / plain.cpu, used.wall, used.peak)


def read_plainly(folder: Path) -> int:
    """Reads every file, and parses every part of what is a package; how many files there were."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        with contextlib.suppress(*_UNREADABLE):
            parse(path.read_bytes())
    return len(files)


if __name__ == "__main__":
    print(read_plainly(Path(sys.argv[1])))
