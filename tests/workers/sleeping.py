"""Run as a program: starts workers (``shared``: such as threads share), tells their numbers, and has them sleep."""

from __future__ import annotations

import multiprocessing
import sys

from tests.workers.works import troubled
from xlsxeval.workers import Bounds
from xlsxeval.workers.local import each
from xlsxeval.workers.shared import SharedWorkers

if __name__ == "__main__":
    if sys.argv[1:] == ["shared"]:
        workers = SharedWorkers(1)
        print(workers.do(troubled, "who", Bounds()), flush=True)  # other work would have another worker
        workers.do(troubled, "sleep", Bounds())
    running = each(troubled, [1, "sleep", "sleep"], 2)
    next(running)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    next(running)
