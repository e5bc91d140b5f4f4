"""Large workbooks: whole-column lookups from 500 to 20,000 lines, and tens of thousands of ordinary formulas.

Each repetition computes a workbook from its texts: ours compiles and runs all formulas, LibreOffice opens the workbook,
computes it and saves it; a workbook without the formulas shows what of that is opening and saving.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter

from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from xlsxeval.calc import Scalar, compile_formulas
from xlsxeval.model import Address

SHEET = "大表"
LOOKUPS = {
    "VLOOKUP": "VLOOKUP(C{row},A:B,2,FALSE)",
    "SUMIF": "SUMIF(A:A,C{row},B:B)",
    "COUNTIF": "COUNTIF(A:A,C{row})",
    "XLOOKUP": "XLOOKUP(C{row},A:A,B:B)",
    "MATCH": "MATCH(B{row},B:B)",
}
ORDINARY = "IF(B{row}>100,ROUND(B{row}*1.13,2),B{row}/3)+LEN(A{row})"
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

Cells = dict[Address, Scalar]
Formulas = dict[Address, str]


def workbook(lines: int, formula: str) -> tuple[Cells, Formulas]:
    """A table of keys and figures, a column of keys to look up, and a formula in each line."""
    cells: Cells = {}
    for row in range(1, lines + 1):
        cells[Address(SHEET, row, 1)] = f"K{row * 7919 % lines:06d}"
        cells[Address(SHEET, row, 2)] = float(row)
        cells[Address(SHEET, row, 3)] = f"K{row % lines:06d}"
    return cells, {Address(SHEET, row, 5): formula.format(row=row) for row in range(1, lines + 1)}


def ours(cells: Cells, formulas: Formulas) -> Callable[[], object]:
    """Compiles and runs all formulas."""
    return lambda: compile_formulas(formulas, sheets=[SHEET]).run(cells)


def by_libreoffice(folder: Path, cells: Cells, formulas: Formulas) -> Callable[[], object] | None:
    """Opens, computes and saves the workbook; None where LibreOffice is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    source = folder / f"{abs(hash(next(iter(formulas.values()), '')))}-{len(formulas)}.xlsx"
    book = xlsxwriter.Workbook(source, {"use_future_functions": True})
    sheet = book.add_worksheet(SHEET)
    for (_, row, column), value in cells.items():
        sheet.write(row - 1, column - 1, value)
    for (_, row, column), formula in formulas.items():
        sheet.write_formula(row - 1, column - 1, f"={formula}")
    book.close()
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "csv"]
    command += ["--outdir", str(folder / "out"), str(source)]
    return lambda: subprocess.run(command, check=True, capture_output=True, timeout=600)  # noqa: S603 - a fixed command


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """A table for the growth of lookups, and one for ordinary formulas beside LibreOffice."""
    rounds = 1 if thoroughness.quick else 3
    sizes = [500, 2_000] if thoroughness.quick else [500, 2_000, 5_000, 20_000]
    for name, formula in LOOKUPS.items():
        contenders = [Contender(f"{name}, {lines} lines", ours(*workbook(lines, formula)), rounds) for lines in sizes]
        notes = ["times is the cost beside 500 lines; linear growth is the ratio of the lines"]
        yield side_by_side(f"large-{name.lower()}", f"{name} over whole columns", contenders, rounds, notes)
    for lines in [2_000] if thoroughness.quick else [10_000, 50_000]:
        with tempfile.TemporaryDirectory() as temporary:
            cells, formulas = workbook(lines, ORDINARY)
            contenders = [Contender("xlsxeval: compile and run", ours(cells, formulas), rounds)]
            other = by_libreoffice(Path(temporary), cells, formulas)
            bare = by_libreoffice(Path(temporary), cells, {})
            if other is not None and bare is not None:
                contenders += [
                    Contender("LibreOffice: open, compute, save as csv", other, rounds),
                    Contender("LibreOffice without the formulas", bare, rounds),
                ]
            notes = ["what LibreOffice needs for the formulas is the difference of its two rows"]
            yield side_by_side(f"large-{lines}", f"{lines} ordinary formulas", contenders, rounds, notes)
