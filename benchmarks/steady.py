"""Many files checked one after the other, told in windows: ``python -m benchmarks.steady FOLDER JOBS``.

Prints as JSON for each tenth of the files the seconds by the clock, and this process's own memory in MiB at its end:
whoever remembers too much grows slower, or larger, from window to window.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.material import LIBRARY
from xlsxeval.interpreter import settle
from xlsxeval.judging.judge import Judge
from xlsxeval.judging.spool import Spool
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import inline, local

WINDOWS = 10


def windows(folder: Path, jobs: int) -> list[dict[str, Any]]:
    """The verdicts are kept until the end, as ``check`` keeps them. Raises RuntimeError where a file was lost."""
    files = sorted(folder.iterdir())
    told: list[dict[str, Any]] = []
    started = time.perf_counter()
    with Spool[Verdict]() as verdicts:
        for verdict in (inline if jobs == 1 else local).each(Judge(LIBRARY.directory, None), files, jobs):
            if not isinstance(verdict, Verdict):
                raise RuntimeError(str(verdict))
            verdicts.append(verdict)
            if len(verdicts) * WINDOWS // len(files) > len(told):
                now = time.perf_counter()
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                told.append({"files": len(verdicts), "seconds": now - started, "peak": peak})
    return told


if __name__ == "__main__":
    settle()
    print(json.dumps(windows(Path(sys.argv[1]), int(sys.argv[2]))))
