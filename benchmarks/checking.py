"""A check of one ordinary workbook beside what others need for opening it.

openpyxl is what a checker in Python is commonly built on: one load gives formulas *or* stored values, two give both,
and then nothing has been checked yet. LibreOffice converts the workbook to xlsx, which is to load, lay out and save it;
``formulas`` loads, compiles and computes it. Rows of one kind belong together: those in this process, everything
imported and warm; those that are whole commands, their start included, as for somebody who types them.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import openpyxl

from benchmarks.child import usage_of
from benchmarks.floor import parse
from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from benchmarks.machine import soffice
from benchmarks.material import CAMPAIGN, KEY, LIBRARY, made
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import judge


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """In this process, then whole commands, then the package ``formulas`` alone: it needs a thousand times as long."""
    one = made(thoroughness.projects)
    data = one.returned
    context, known = Context(LIBRARY, CAMPAIGN, KEY), Layouts()
    first = f"{one.size}, {len(judge(read_returned('x.xlsx', data, context, known)).findings)} findings"

    def load(*, values: bool) -> object:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)

    yield side_by_side(
        "check",
        "A check of one workbook, in a process that runs",
        [
            Contender("openpyxl, one load", lambda: load(values=False)),
            Contender("openpyxl, two loads", lambda: (load(values=False), load(values=True))),
            Contender("unpack and parse every part (the floor)", lambda: parse(data)),
            Contender("xlsxeval check, unit seen before", lambda: judge(read_returned("x.xlsx", data, context, known))),
            Contender(
                "xlsxeval check, another unit of a known shape",
                lambda: judge(read_returned("x.xlsx", data, context, Layouts(known.shapes))),
            ),
            Contender(
                "xlsxeval check, shape seen first", lambda: judge(read_returned("x.xlsx", data, context, Layouts()))
            ),
        ],
        thoroughness.rounds,
        [
            first,
            "a shape seen first is laid out and compiled from the seal; its other units share that; a unit seen before has its layout",
        ],
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        path.write_bytes(data)
        yield _commands(path, thoroughness)
        if find_spec("formulas"):
            yield _formulas(path, data)


def _commands(path: Path, thoroughness: Thoroughness) -> Table:
    """Whole commands on a file, from start to end."""
    load = (
        "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]); openpyxl.load_workbook(sys.argv[1], data_only=True)"
    )
    check = [sys.executable, "-m", "xlsxeval", "check", str(path), "--fail-on", "never"]
    most = 1 if thoroughness.quick else 5
    contenders = [
        Contender("python, openpyxl, two loads", lambda: usage_of([sys.executable, "-c", load, str(path)]), most),
        Contender("xlsxeval check", lambda: usage_of(check), most),
    ]
    notes = ["start-up included in all rows"]
    program = soffice()
    if program is None:
        notes.append("LibreOffice is not installed here: its row is missing")
    else:
        profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
        out = path.parent / "out"
        convert = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
        if not thoroughness.quick:
            usage_of(convert)  # makes the profile, which takes its own time
        contenders.append(Contender("LibreOffice, convert to xlsx", lambda: usage_of(convert), most))
    return side_by_side("check", "The same as a whole command", contenders, thoroughness.rounds, notes)


def _formulas(path: Path, data: bytes) -> Table:
    """The package ``formulas``, once, and ours once beside it: reading and computing every formula from the inputs."""
    from formulas import ExcelModel

    context = Context(LIBRARY, CAMPAIGN, KEY)
    contenders = [
        Contender("xlsxeval check, shape seen first", lambda: judge(read_returned("x", data, context, Layouts())), 1),
        Contender("formulas: load, compile, compute", lambda: ExcelModel().loads(str(path)).finish().calculate(), 1),
    ]
    return side_by_side("check", "Beside the package formulas", contenders, 1, ["once: one takes long"])
