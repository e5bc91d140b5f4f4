"""A Dask cluster on this machine. Run as a program it tells its address, and ends with its standard input."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Desk:
    """``process`` is the scheduler's; its workers end when it does."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def cluster(workers: int = 2) -> Iterator[Desk]:
    """Workers as processes, each with one thread."""
    command = [sys.executable, "-m", "tests.workers.clusterdesk", str(workers)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Desk(process.stdout.readline().strip(), process)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def _main(workers: int) -> None:
    from distributed import LocalCluster

    settings = {"n_workers": workers, "threads_per_worker": 1, "processes": True, "silence_logs": 50}
    with LocalCluster(host="127.0.0.1", dashboard_address=None, **settings) as made:
        print(made.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _main(int(sys.argv[1]))
