"""How long a batch takes: workbooks generated, filled, checked; beside what a general reader needs for loading alone.

    python benchmarks/batch.py [UNITS]

Figures are of one run on one machine: compare the ratios, not the milliseconds. ``openpyxl twice`` loads the same
file once for formulas and once for stored values, the least that a checker built on it must do before it checks.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.placing import build_layout
from xlsxeval.forms.seal import make_seal
from xlsxeval.forms.valuesfile import load_values
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import fill_workbook, workbook_bytes

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "zhuzhou-2024"
KEY = b"k" * 32


def main(count: int) -> None:
    """Prints a row for every step: milliseconds a workbook, and how many times the loading by openpyxl that is."""
    library = Library(ROOT / "templates")
    campaign, edition = load_campaign(SAMPLE, library)
    units = [replace(campaign.units[0], code=f"{number:06d}") for number in range(1, count + 1)]
    layouts = []
    rows = {}
    rows["lay out"] = _each(units, lambda unit: layouts.append(build_layout(campaign, unit, edition)))
    blanks: list[bytes] = []
    seals = [make_seal(campaign, unit, edition, KEY) for unit in units]
    pairs = list(zip(layouts, seals, strict=True))
    rows["write the workbook"] = _each(pairs, lambda pair: blanks.append(workbook_bytes(*pair, "password")))
    values = load_values(SAMPLE / "values" / "careful.yaml", layouts[0])
    filled: list[bytes] = []
    jobs = list(zip(blanks, layouts, strict=True))
    rows["fill"] = _each(jobs, lambda job: filled.append(fill_workbook(*job, values, job[1].compute(values))))
    rows["read"] = _each(filled, read_workbook)
    context, known = Context(library), Layouts()
    rows["check (read, compare, recompute, rules)"] = _each(
        filled, lambda data: judge(read_returned("x.xlsx", data, context, known))
    )
    rows["openpyxl twice"] = _each(filled, _openpyxl_twice)
    cells = len(layouts[0].cells)
    print(
        f"{count} workbooks of {cells} cells, {len(layouts[0].formula_texts)} formulas, {len(filled[0]) / 1024:.0f} KiB"
    )
    for name, milliseconds in rows.items():
        print(f"{name:<42}{milliseconds:8.1f} ms  {milliseconds / rows['openpyxl twice']:6.2f} × openpyxl twice")


def _each(items: Sequence[Any], work: Callable[[Any], object]) -> float:
    """Milliseconds an item."""
    start = time.perf_counter()
    for item in items:
        work(item)
    return (time.perf_counter() - start) / len(items) * 1000


def _openpyxl_twice(data: bytes) -> None:
    openpyxl.load_workbook(io.BytesIO(data))
    openpyxl.load_workbook(io.BytesIO(data), data_only=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
