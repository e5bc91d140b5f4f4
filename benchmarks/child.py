"""Runs a command and says what it took, as one line of JSON: ``python benchmarks/child.py COMMAND ARGUMENT…``.

A process of its own, and a small one: the peak memory of a child counts that of the process that started it, too.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds by the clock and of processors, the largest process in MiB, and what the command printed."""

    wall: float
    cpu: float
    peak: float
    printed: str


def usage_of(command: Sequence[str], accepted: Sequence[int] = (0,)) -> Usage:
    """Runs a command in a fresh process. Raises RuntimeError where it ends otherwise than accepted."""
    runner = [sys.executable, __file__, *command]
    done = subprocess.run(runner, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    *printed, last = done.stdout.splitlines() or [""]
    if done.returncode or json.loads(last)["code"] not in accepted:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-500:]}\n{done.stderr[-2000:]}")
    told = json.loads(last)
    return Usage(told["wall"], told["cpu"], told["peak"], "\n".join(printed))


def step_of(module: str, *arguments: str) -> Usage:
    """The same for a module of this package that is run as a program."""
    return usage_of([sys.executable, "-m", f"benchmarks.{module}", *arguments])


def _main(command: Sequence[str]) -> None:
    started = time.perf_counter()
    code = subprocess.run(command, check=False).returncode  # noqa: S603 - our own commands
    wall = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux KiB
    told = {"code": code, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / unit}
    sys.stdout.flush()
    print(json.dumps(told))


ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    _main(sys.argv[1:])
