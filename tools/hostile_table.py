"""Hostile files through every command that reads files: processor time and memory of each, and how it ended.

python tools/hostile_table.py                            # all 260 files, ten commands: some minutes; --jobs 4 for more at once
python tools/hostile_table.py --every 10 --minutes 2     # each tenth file, and what two minutes allow
python tools/hostile_table.py --family bombs --command check
python tools/hostile_table.py --name redos --seconds 60  # what a single run may take

A command that ends with an internal error, another exit code than 0, 1 and 2, or after more than the seconds is told by
name. Each runs in a process that is forked from one with the program imported (Unix alone): what it took is its own, its
memory includes the program, and whatever workers it started count with the largest of them.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.hostile import make  # noqa: E402, F401 - fills the list of recipes
from tests.hostile.recipe import RECIPES  # noqa: E402
from tests.hostile.returns import RETURNS  # noqa: E402
from tests.support.base import CAMPAIGNS, KEY, base  # noqa: E402
from xlsxeval import cli  # noqa: E402

_SOURCE = CAMPAIGNS / "hunan-2024"
_ROOMS = ("calc", "campaign", "collection", "importing", "intake", "judging", "output", "report", "results", "rules")
"""Rooms whose modules all commands between them import."""
_PAUSE = 0.005
_STRIDE = 10
"""Neighbours are so far apart in time that some of each family are done when it is up."""


@dataclass(frozen=True)
class Bad:
    """A bad file."""

    name: str
    family: str
    make: Callable[[], bytes]


FILES = [
    *(Bad(one.name, one.family, one.make) for one in RECIPES),
    *(Bad(one.name, "returns", one.make) for one in RETURNS),
]


@dataclass(frozen=True)
class Cost:
    """What one command took for one file."""

    command: str
    file: str
    seconds: float
    processor: float
    megabytes: float
    code: int
    said: str

    @property
    def is_wrong(self) -> bool:
        """Whether it ended as no command may."""
        return self.code not in (0, 1, 2) or "内部错误" in self.said or "Traceback" in self.said


def with_return(campaign: Path, place: Path, file: Path) -> Path:
    """A campaign whose forms are out, in which the file was returned."""
    shutil.copytree(campaign, place)
    shutil.copy(file, place / "收回")
    return place


COMMANDS: dict[str, Callable[[Path, Path, Path], list[str | Path]]] = {
    "check": lambda file, place, task: ["check", file],
    "recalc": lambda file, place, task: ["recalc", file],
    "fields": lambda file, place, task: ["fields", file],
    "import-form": lambda file, place, task: ["import-form", file],
    "fill": lambda file, place, task: ["fill", file, _SOURCE / "values.yaml", "-o", place / "填.xlsx"],
    "lint (as a roster)": lambda file, place, task: ["lint", file],
    "collect": lambda file, place, task: ["collect", with_return(task, place / "任务", file)],
    "run": lambda file, place, task: ["run", with_return(task, place / "任务", file)],
    "report": lambda file, place, task: ["report", task, "--from", file, "-o", place / "报告"],
    "summary": lambda file, place, task: ["summary", task, "--from", file, "-o", place / "汇.xlsx"],
}


class Running:
    """A process that does some work, forked from this one."""

    def __init__(self, work: Callable[[Path], object]) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="hostile-"))
        self.since = time.monotonic()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._child(work)

    def _child(self, work: Callable[[Path], object]) -> None:
        code = 70
        try:
            with (self.place / "said").open("wb") as said, Path(os.devnull).open("r+b") as nowhere:
                for target, source in enumerate((nowhere, nowhere, said)):
                    os.dup2(source.fileno(), target)
            work(self.place)
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 1
        finally:
            sys.stderr.flush()
            os._exit(code)

    def ended(self, seconds: float) -> tuple[int, Any] | None:
        """The exit code and what was used, once it has ended; it is ended when the seconds are over."""
        pid, status, used = os.wait4(self.pid, os.WNOHANG)
        if not pid and time.monotonic() - self.since > seconds:
            os.kill(self.pid, signal.SIGKILL)
            pid, status, used = os.wait4(self.pid, 0)
        return (os.waitstatus_to_exitcode(status), used) if pid else None

    def done(self) -> str:
        """Removes what it left; what it said."""
        text = (self.place / "said").read_text("utf-8", "replace")
        shutil.rmtree(self.place)
        return text


def finished(work: Callable[[Path], object]) -> None:
    """Does some work in a process of its own, so that this one stays small. Raises RuntimeError where it fails."""
    running = Running(work)
    while (ended := running.ended(600)) is None:
        time.sleep(_PAUSE)
    said = running.done()
    if ended[0]:
        raise RuntimeError(said or f"exit code {ended[0]}")


def prepared(folder: Path) -> Path:
    """A campaign whose forms were sent; its key is that of the made returns."""
    (folder / ".xlsxeval").mkdir(parents=True)
    (folder / ".xlsxeval" / "key").write_text(KEY.hex(), encoding="ascii")
    (folder / ".xlsxeval" / "password").write_text("password", encoding="ascii")
    shutil.copy(_SOURCE / "campaign.yaml", folder)
    finished(lambda _: cli.main(["run", str(folder)]))
    (folder / "收回").mkdir(exist_ok=True)
    return folder


def imported() -> None:
    """Imports what the commands import, once for all of them."""
    for room in _ROOMS:
        package = importlib.import_module(f"xlsxeval.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for name in COMMANDS:
        importlib.import_module(f"xlsxeval.cli.{name.partition(' ')[0].replace('-', '_')}_command")
    base()  # of which the bad returns are made
    gc.freeze()


def costs(files: list[Bad], commands: list[str], jobs: int, seconds: float, until: float) -> Iterator[Cost]:
    """Every command on every file, some at a time, as long as there is time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        task = prepared(folder / "任务")
        waiting = ((command, written(bad, folder)) for bad in files for command in commands if time.monotonic() < until)
        running: dict[Running, tuple[str, Path]] = {}
        while True:
            for command, file in islice(waiting, jobs - len(running)):
                running[Running(lambda place, c=command, f=file: on(c, f, place, task))] = (command, file)  # type: ignore[misc]
            if not running:
                return
            for one, (command, file) in list(running.items()):
                if (ended := one.ended(seconds)) is not None:
                    del running[one]
                    took, (code, used) = time.monotonic() - one.since, ended
                    processor, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
                    yield Cost(command, file.stem, took, processor, memory, code, one.done())
            time.sleep(_PAUSE)


def written(bad: Bad, folder: Path) -> Path:
    """The file, made when it is first asked for."""
    file = folder / f"{bad.name}.xlsx"
    if not file.exists():
        finished(lambda _: file.write_bytes(bad.make()))
    return file


def on(command: str, file: Path, place: Path, task: Path) -> None:
    """Runs a command on a file as its own process would."""
    os.chdir(place)
    cli.main([str(one) for one in COMMANDS[command](file, place, task)])


def table(found: list[Cost]) -> None:
    """A line a command: the most that any file took."""
    print("| command | files | processor time in all | most | by | most memory | by | not as it must |")
    print("|---|---|---|---|---|---|---|---|")
    for command in dict.fromkeys(cost.command for cost in found):
        of_it = [cost for cost in found if cost.command == command]
        slow, large = max(of_it, key=lambda cost: cost.processor), max(of_it, key=lambda cost: cost.megabytes)
        wrong = [cost.file for cost in of_it if cost.is_wrong]
        cells = (f"`{command}`", len(of_it), f"{sum(cost.processor for cost in of_it):.0f} s")
        cells += (f"{slow.processor:.1f} s", f"`{slow.file}`", f"{large.megabytes:.0f} MB", f"`{large.file}`")  # type: ignore[assignment]
        print("|", " | ".join(map(str, (*cells, ", ".join(wrong) or 0))), "|")


def main(arguments: list[str]) -> int:
    """Prints the table, and each run that ended wrongly when it does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", choices=sorted({bad.family for bad in FILES}))
    parser.add_argument("--name", default="", help="only files with this in their names")
    parser.add_argument("--every", type=int, default=1, help="only each so manieth file")
    parser.add_argument("--command", action="append", choices=COMMANDS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=120, help="what a single run may take")
    parser.add_argument("--minutes", type=float, default=20, help="no file is begun after them")
    options = parser.parse_args(arguments)
    files = [bad for bad in FILES if options.name in bad.name and options.family in (None, bad.family)]
    files, commands = files[:: options.every], options.command or list(COMMANDS)
    files = [bad for first in range(_STRIDE) for bad in files[first::_STRIDE]]
    imported()
    found = []
    until = time.monotonic() + options.minutes * 60
    for cost in costs(files, commands, options.jobs, options.seconds, until):
        found.append(cost)
        if cost.is_wrong:
            print(f"{cost.command} {cost.file}: code {cost.code} after {cost.seconds:.0f} s\n{cost.said[-500:]}")
    table(found)
    if (left := len(files) * len(commands) - len(found)) > 0:
        print(f"\n{left:,} of {len(files) * len(commands):,} runs were left out: the time was up")
    return int(any(cost.is_wrong for cost in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
