"""What a workbook costs by its size: units with ever more projects, each of which has a form of its own.

Each step is done in a fresh process, so that its peak memory is its own. ``start`` is a process that only imports and
loads the templates: its memory is in all the others.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.child import step_of
from benchmarks.harness import Table, Thoroughness

COLUMNS = (
    *("projects", "forms", "formulas", "cells", "KiB", "n"),
    *("generate, CPU ms", "peak MiB", "check, CPU ms", "peak MiB", "check, ms a formula", "findings"),
)


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """From a unit without projects to one with a hundred. Blank forms: what is missing is found in each of them."""
    sizes = (1,) if thoroughness.quick else (0, 1, 3, 10, 30, 100)
    rounds = 1 if thoroughness.quick else 3
    start = step_of("onestep", "start").peak
    table = Table("size", "By the size of the workbook", COLUMNS, notes=[f"start alone: peak {start:.0f} MiB"])
    with tempfile.TemporaryDirectory() as folder:
        for projects in sizes:
            path = Path(folder) / f"{projects}.xlsx"
            made, checked = [], []
            for _ in range(rounds):
                made.append(_step("generate", str(projects), str(path)))
                checked.append(_step("check", str(path)))
            table.rows.append(_row(projects, made, checked))
    yield table


def _step(*arguments: str) -> dict[str, Any]:
    used = step_of("onestep", *arguments)
    return {**json.loads(used.printed), "peak": used.peak}


def _row(projects: int, made: list[dict[str, Any]], checked: list[dict[str, Any]]) -> tuple[Any, ...]:
    one = made[0]
    generate = statistics.median(step["seconds"] for step in made) * 1000
    check = statistics.median(step["seconds"] for step in checked) * 1000
    found = "rejected" if checked[0]["status"] == "rejected" else checked[0]["findings"]
    sizes = (projects, one["sheets"], one["formulas"], one["cells"], one["kib"], len(made))
    peaks = [max(step["peak"] for step in steps) for steps in (made, checked)]
    return (*sizes, generate, peaks[0], check, peaks[1], check / one["formulas"], found)
