"""What one arrival costs a campaign that has many units already, beside a check of the same file.

A check only finds out what is wrong; nobody who receives a file can do with less. Receiving archives it besides (written
through to the disk), places it among what came before, and records it in the ledger. The campaign has as many units as the
row says, each of which has returned its workbook; what arrives is a new version of one of them, of another unit each time.
Judged here, the figures are of the whole work. Where a worker judges, as in a server, the processor time is that of the
serving process alone, and only the time by the clock compares.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from benchmarks.material import CAMPAIGN, EDITION, KEY, LIBRARY, PASSWORD, made, returns, unit_of
from xlsxeval.api import OpenCampaign, open_campaign
from xlsxeval.campaign.workspace import Workspace, open_workspace
from xlsxeval.collection.reception import Delivery, Reception
from xlsxeval.forms.campaign import unit_to_data
from xlsxeval.judging.front import Front
from xlsxeval.judging.judge import Judge
from xlsxeval.workers.pool import HERE

DAY = dt.datetime(2025, 4, 7, 4, tzinfo=dt.UTC)
MANY = 300


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """A check, then arrivals into campaigns of few and of many units, in one run."""
    projects, sizes = thoroughness.projects, (2, 4) if thoroughness.quick else (10, MANY)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        desks = [_Desk(folder / str(units), units, projects, 3 * thoroughness.rounds + 9) for units in sizes]
        front = stack.enter_context(Front(1))
        judge = Judge.of(desks[-1].workspace)
        served = stack.enter_context(desks[-1].opened(front))
        contenders = [Contender("xlsxeval check, a unit of a known shape", lambda: desks[-1].check(judge))]
        contenders += [Contender(f"received, the campaign has {desk.units} units", desk.receive) for desk in desks]
        contenders.append(Contender(f"received by a server, {sizes[-1]} units", lambda: desks[-1].hand_to(served)))
        notes = [made(projects).size, "the last row's processor time is without its worker's"]
        yield side_by_side("receive", "One arrival", contenders, thoroughness.rounds, notes)


class _Desk:
    """A campaign of so many units that have all returned, and new versions of their workbooks, one after another."""

    def __init__(self, task: Path, units: int, projects: int, most: int) -> None:
        self.task = task
        self.units = units
        books = list(returns(units, projects))
        self.newer = iter([saved_anew(*books[number % units], number) for number in range(most)])
        self.reception = Reception()
        write_campaign(task, units, projects)
        self.workspace: Workspace = open_workspace(
            task, LIBRARY, clock=lambda: DAY + dt.timedelta(days=60), by="收表人"
        )
        for name, data in books:
            self._receive(name, data, DAY)

    def check(self, judge: Judge) -> object:
        return judge.read_bytes(*next(self.newer))

    def receive(self) -> object:
        return self._receive(*next(self.newer), DAY + dt.timedelta(days=1))

    def opened(self, front: Front) -> OpenCampaign:
        return open_campaign(self.task, by="收表人", front=front, templates=LIBRARY.directory)

    def hand_to(self, campaign: OpenCampaign) -> object:
        name, data = next(self.newer)
        return campaign.receive(data, name=name, at=DAY + dt.timedelta(days=2))

    def _receive(self, name: str, data: bytes, at: dt.datetime) -> object:
        return self.reception.receive(self.workspace, Delivery(data, name, at=at), HERE)


def saved_anew(name: str, data: bytes, number: int) -> tuple[str, bytes]:
    """A workbook in other bytes, as a unit's own program would save it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            stamp = (1981 + number % 100, 1, 1, 0, 0, 0)
            new.writestr(zipfile.ZipInfo(member, stamp), old.read(member), zipfile.ZIP_DEFLATED)
    return name, buffer.getvalue()


def write_campaign(task: Path, units: int, projects: int) -> None:
    """The campaign's folder with its key."""
    (task / ".xlsxeval").mkdir(parents=True)
    (task / ".xlsxeval" / "key").write_text(KEY.hex(), encoding="ascii")
    (task / ".xlsxeval" / "password").write_text(PASSWORD, encoding="ascii")
    data = {
        "campaign": CAMPAIGN.id,
        "edition": EDITION.id,
        "year": CAMPAIGN.year,
        "department": CAMPAIGN.department,
        "deadline": str(CAMPAIGN.deadline),
        "units": [unit_to_data(unit_of(projects, number)) for number in range(units)],
    }
    (task / "campaign.yaml").write_text(json.dumps(data, ensure_ascii=False, indent=0, default=str), encoding="utf-8")
