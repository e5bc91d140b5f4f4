"""The portal, beside a check by command: uploads at once, a board of many units, memory over many uploads.

Every unit has its link; all of them hand in at the same moment, over HTTP, to a server in a process of its own. An answer
is the page with the findings in the drawn form. What is compared is time by the clock, for that is what a unit waits: so
these rows need a machine that does nothing else.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Barrier

from benchmarks.harness import Table, Thoroughness
from benchmarks.material import LIBRARY, made, returns
from benchmarks.receiving import saved_anew, write_campaign
from tests.web.portal.wire import Wire
from xlsxeval.api import open_campaign
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.collection.unit_links import make_links

AT_ONCE = 60
BOARD = 1000
PER_UNIT = 50
"""Uploads of a unit, below what the portal takes of one in ten minutes."""


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """Three tables: uploads at once, the board, memory."""
    projects = thoroughness.projects
    quick = thoroughness.quick
    units, board = (2, 3) if quick else (AT_ONCE, BOARD)
    uploads = 4 if thoroughness.quick else 5000 if thoroughness.full else 600
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _at_once(folder / "一", units, projects, rounds=1 if quick else 3)
        yield _board(folder / "二", board, projects)
        yield _memory(folder / "三", uploads, projects)


def _at_once(folder: Path, units: int, projects: int, rounds: int) -> Table:
    write_campaign(folder, units, projects)
    books = list(returns(units, projects))
    one = folder.parent / "one.xlsx"
    one.write_bytes(books[0][1])
    command = [sys.executable, "-m", "xlsxeval", "check", str(one), "--campaign", str(folder)]
    checks = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603
        checks.append(time.perf_counter() - start)
    check = statistics.median(checks)
    with served(folder) as (wire, _):
        tokens = _tokens(folder)
        if rounds > 1:
            time.sleep(10)  # the server warms up by itself
        answered = []
        for number in range(2):
            fresh = [saved_anew(name, data, number + 1) for name, data in books]
            answered.append(_answers(wire, tokens, fresh))
    table = Table("portal", f"{units} uploads at once", ("", "seconds", "times one check command"))
    table.rows.append(("one check command", check, 1.0))
    for title, answers in zip(("the first time", "again"), answered, strict=True):
        for what, seconds in (
            ("first answer", answers[0]),
            ("median answer", answers[len(answers) // 2]),
            ("last answer", answers[-1]),
        ):
            table.rows.append((f"{title}: {what}", seconds, seconds / check))
    table.notes += [made(projects).size, "all answered: every one names its file as current"]
    return table


def _answers(wire: Wire, tokens: list[str], books: list[tuple[str, bytes]]) -> list[float]:
    """Seconds to each answer, sorted. Raises AssertionError where one is no answer."""
    barrier = Barrier(len(tokens))

    def hand(number: int) -> float:
        barrier.wait()
        start = time.perf_counter()
        assert wire.hand_in(tokens[number], *books[number]) == ["current"]
        return time.perf_counter() - start

    with ThreadPoolExecutor(len(tokens)) as threads:
        return sorted(threads.map(hand, range(len(tokens))))


def _board(folder: Path, units: int, projects: int) -> Table:
    """The organiser's table as it is computed for every look at it."""
    write_campaign(folder, units, projects)
    with open_campaign(folder, by="计时", templates=LIBRARY.directory) as campaign:
        for number, (name, data) in enumerate(returns(units, projects)):
            campaign.receive(data, name=name, source=f"单位{number}")
        times = []
        for _ in range(3):
            start = time.perf_counter()
            campaign.status()
            campaign.links()
            campaign.confirmations()
            times.append(time.perf_counter() - start)
    table = Table("portal", f"The board of {units} units, all returned", ("", "seconds"))
    table.rows += [("the first look", times[0]), ("another look", min(times[1:]))]
    return table


def _memory(folder: Path, uploads: int, projects: int) -> Table:
    """Resident memory of the server's own process and of its workers, as uploads come one after another."""
    units = uploads // PER_UNIT + 1
    write_campaign(folder, units, projects)
    books = list(returns(units, projects))
    table = Table("portal", f"Memory over {uploads} uploads", ("uploads", "server MB", "with workers MB"))
    with served(folder) as (wire, process):
        tokens = _tokens(folder)
        marks = {round(uploads * share) for share in (0.1, 0.25, 0.5, 0.75, 1.0)}
        for number in range(1, uploads + 1):
            name, data = books[number % units]
            assert wire.hand_in(tokens[number % units], name, saved_anew(name, data, number)[1]) == ["current"]
            if number in marks:
                table.rows.append((number, _resident(process), _resident(process, children=True)))
    table.notes.append(f"of {units} units in turn; every upload is in other bytes, is judged and counts")
    return table


def _tokens(folder: Path) -> list[str]:
    """A link for every unit; no workbook is generated for it."""
    clock = partial(dt.datetime.now, dt.UTC)
    return [link.token for link in make_links(open_workspace(folder, LIBRARY, clock=clock, by="计时"))]


@contextmanager
def served(folder: Path) -> Iterator[tuple[Wire, int]]:
    """A server over a campaign in a process of its own, ended at the end."""
    command = [sys.executable, "-m", "xlsxeval", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:  # noqa: S603
        assert process.stderr is not None
        try:
            found = None
            while found is None:
                line = process.stderr.readline()
                assert line, "the server did not start"
                found = re.search(r"上报页面：http://127\.0\.0\.1:(\d+)/", line)
            yield Wire("127.0.0.1", int(found[1]), seconds=600), process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


def _resident(process: int, *, children: bool = False) -> float:
    """Resident memory in MB, 0 where the system does not say."""
    processes = [process]
    if children:
        tasks = Path(f"/proc/{process}/task")
        if tasks.is_dir():
            processes += [int(one) for task in tasks.iterdir() for one in (task / "children").read_text().split()]
    pages = 0
    for number in processes:
        try:
            pages += int(Path(f"/proc/{number}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
