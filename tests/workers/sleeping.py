"""Run as a program: starts workers, tells their numbers, and has them sleep."""

from __future__ import annotations

import multiprocessing

from tests.workers.works import troubled
from xlsxeval.workers.local import each

if __name__ == "__main__":
    running = each(troubled, [1, "sleep", "sleep"], 2)
    next(running)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    next(running)
