"""One step on one workbook, as a program, so that its peak memory is its own: ``python -m benchmarks.onestep``.

    onestep start
    onestep generate PROJECTS FILE
    onestep check FILE

Prints the seconds of processor time of the step, without the start-up, and what there is to say of it, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.material import CAMPAIGN, EDITION, KEY, LIBRARY, PASSWORD, unit_of
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import open_returned
from xlsxeval.interpreter import settle
from xlsxeval.layout.placing import build_layout
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import workbook_bytes


def generate(projects: int, path: Path) -> dict[str, Any]:
    """Lays out and writes the workbook of a unit with that many projects."""
    started = time.process_time()
    unit = unit_of(projects)
    layout = build_layout(CAMPAIGN, unit, EDITION)
    path.write_bytes(workbook_bytes(layout, make_seal(CAMPAIGN, unit, EDITION, KEY), PASSWORD))
    seconds = time.process_time() - started
    counts = {"cells": len(layout.cells), "formulas": len(layout.formula_texts), "sheets": len(layout.sheets)}
    return {"seconds": seconds, **counts, "kib": path.stat().st_size / 1024}


def check(path: Path) -> dict[str, Any]:
    """Reads and judges a workbook of a unit that was not seen before."""
    started = time.process_time()
    verdict = judge(open_returned(path, Context(LIBRARY, CAMPAIGN, KEY), Layouts()))
    seconds = time.process_time() - started
    return {"seconds": seconds, "status": verdict.status, "findings": len(verdict.findings)}


def _main(step: str, *arguments: str) -> dict[str, Any]:
    if step == "generate":
        return generate(int(arguments[0]), Path(arguments[1]))
    return check(Path(arguments[0])) if step == "check" else {}


if __name__ == "__main__":
    settle()
    print(json.dumps(_main(*sys.argv[1:])))
