"""What the commands cost that a person types and waits for, start to end, beside starting Python and importing openpyxl.

Importing openpyxl is what any program pays that reads workbooks in Python, before it does anything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.child import usage_of
from benchmarks.harness import Contender, Table, Thoroughness, side_by_side

_COMMANDS = ("--help", "explain L101", "fields hunan-2024", "lint hunan-2024")
_MOST = 7


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """Whole commands in fresh processes, compiled Python at hand as after an installation."""
    most = 1 if thoroughness.quick else _MOST

    def contender(name: str, *arguments: str) -> Contender:
        return Contender(name, lambda: usage_of([sys.executable, *arguments]), most)

    rows = [contender("python, import openpyxl", "-c", "import openpyxl"), contender("python alone", "-c", "pass")]
    rows += [contender(f"xlsxeval {line}", "-m", "xlsxeval", *line.split()) for line in _COMMANDS]
    yield side_by_side("start", "Commands that answer at once", rows, thoroughness.rounds, [])
