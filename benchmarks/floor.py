"""What no checker of workbooks can go below: the same workbook unpacked, and every part of it parsed; nothing more.

Beside it each step of a check, the next one with all before it, so that one sees where the time goes. The parts are
parsed by lxml into trees, which is the fastest way to XML in Python that is in general use.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from benchmarks.material import CAMPAIGN, KEY, LIBRARY, made
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import judge


def unpack(data: bytes) -> list[bytes]:
    """Every part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist()]


def parse(data: bytes) -> list[etree._Element]:
    """Every part of the package as a tree."""
    return [etree.fromstring(part) for part in unpack(data)]


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """The floor, and the steps of a check above it."""
    one = made(thoroughness.projects)
    data = one.returned
    context, known = Context(LIBRARY, CAMPAIGN, KEY), Layouts()
    contenders = [
        Contender("unpack and parse every part (the floor)", lambda: parse(data)),
        Contender("of that: unpack", lambda: unpack(data)),
        Contender("xlsxeval: guard and read the cells", lambda: read_workbook(data)),
        Contender("+ hold them against a known layout", lambda: read_returned("x.xlsx", data, context, known)),
        Contender("+ recompute, rules = a check", lambda: judge(read_returned("x.xlsx", data, context, known))),
        Contender(
            "+ the layout of a shape seen first", lambda: judge(read_returned("x.xlsx", data, context, Layouts()))
        ),
    ]
    yield side_by_side("floor", "Where the time of a check goes", contenders, thoroughness.rounds, [one.size])
