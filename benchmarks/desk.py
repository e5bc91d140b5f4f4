"""What the desk costs beside the commands that do the same: start, one upload, 300 files at once, a thousand in a row.

The desk runs in a process of its own, asked over its socket as a browser asks it. The command pays for starting Python,
for reading definitions and laying out forms each time; the desk has paid once. Ratios are of the time by the clock: what a
person waits for. Both judge with as many processes as they choose by themselves.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from benchmarks.child import ROOT, usage_of
from benchmarks.harness import Table, Thoroughness
from benchmarks.material import returns
from benchmarks.receiving import saved_anew, write_campaign

COLUMNS = ("", "n", "seconds, median", "least", "most", "times")
_UNITS, _UPLOADS, _WINDOWS = 300, 1000, 10


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """Four tables, the first row of each the command."""
    quick = thoroughness.quick
    rounds, units, uploads = (1, 4, 20) if quick else (5, _UNITS, _UPLOADS)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        task, files = folder / "任务", dict(returns(units, thoroughness.projects))
        write_campaign(task, units, thoroughness.projects)
        (folder / "one.xlsx").write_bytes(next(iter(files.values())))
        with desk(folder, task) as running:
            running.collected(files)  # the campaign has its returns when its state is asked for
        yield _versus("desk-start", "Start to first page, beside status", rounds, *_starting(folder, task))
        with desk(folder, task) as running:
            yield _versus("desk-look", "Upload to findings, beside check", rounds, *_looking(folder, running))
            yield _memory(running, files, uploads)
        yield _versus(
            "desk-drop", f"{units} files dropped at once, beside collect", 1 if quick else 3, *_taking(folder, files)
        )


def _starting(folder: Path, task: Path) -> tuple[Callable[[], object], Callable[[], object]]:
    def start() -> None:
        with desk(folder, task):
            pass

    return lambda: _command("status", task), start


def _looking(folder: Path, running: Desk) -> tuple[Callable[[], object], Callable[[], object]]:
    data = (folder / "one.xlsx").read_bytes()
    running.looked(data)
    return lambda: _command("check", folder / "one.xlsx"), lambda: running.looked(data)


def _taking(folder: Path, files: Mapping[str, bytes]) -> tuple[Callable[[], object], Callable[[], object]]:
    """Each time into a campaign that has nothing yet."""

    def fresh() -> Path:
        target = Path(tempfile.mkdtemp(dir=folder)) / "任务"
        shutil.copytree(folder / "任务", target, ignore=shutil.ignore_patterns("ledger*", "archive", "*.json", "结果"))
        return target

    def collect() -> float:
        target = fresh()
        (target / "收回").mkdir()
        for name, data in files.items():
            (target / "收回" / name).write_bytes(data)
        started = time.perf_counter()
        _command("collect", target, "--by", "某某", "-j", "auto")
        return time.perf_counter() - started

    def drop() -> float:
        with desk(folder, fresh()) as running:
            started = time.perf_counter()
            running.collected(files)
            return time.perf_counter() - started

    return collect, drop


def _memory(running: Desk, files: Mapping[str, bytes], uploads: int) -> Table:
    """Memory of the desk's process and of its workers, in windows of uploads: one that remembers too much grows."""
    table = Table("desk-memory", f"{uploads} uploads, one after another", ("uploads", "desk MiB", "with workers MiB"))
    names = list(files)
    for number in range(1, uploads + 1):
        name = names[number % len(names)]
        running.collected(dict([saved_anew(name, files[name], number)]))
        if number * _WINDOWS // uploads > len(table.rows):
            table.rows.append((number, running.memory(), running.memory(children=True)))
    table.notes.append(
        "each upload is a file in other bytes, archived, judged and recorded; its task is kept among the last fifty"
    )
    return table


def _versus(name: str, title: str, rounds: int, command: Callable[[], object], page: Callable[[], object]) -> Table:
    """The command and the desk in turn; a contender that tells its own seconds is believed."""
    times: dict[str, list[float]] = {"command": [], "desk": []}
    for _ in range(rounds):
        for who, run in (("command", command), ("desk", page)):
            started = time.perf_counter()
            told = run()
            times[who].append(told if isinstance(told, float) else time.perf_counter() - started)
    base = statistics.median(times["command"])
    table = Table(name, title, COLUMNS)
    for who, own in times.items():
        table.rows.append((who, len(own), statistics.median(own), min(own), max(own), statistics.median(own) / base))
    return table


def _command(*arguments: object) -> None:
    usage_of([sys.executable, "-m", "xlsxeval", *map(str, arguments)], accepted=(0, 1))


@contextmanager
def desk(folder: Path, task: Path) -> Iterator[Desk]:
    """A desk with this campaign, from its start to the answer of its first page; ended afterwards."""
    (home := folder / "home").mkdir(exist_ok=True)
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment = {name: value for name, value in environment.items() if not name.startswith("XDG_")}
    command = [sys.executable, "-m", "xlsxeval", "desk", str(task), "--no-browser", "--stay"]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stderr=subprocess.PIPE, env=environment, text=True, cwd=folder
    ) as process:
        try:
            assert process.stderr is not None
            address = next(word for line in process.stderr for word in re.findall(r"http://\S+", line))
            yield Desk(address, process.pid)
        finally:
            process.terminate()
            process.wait()


class Desk:
    """A running desk, asked as a browser asks it."""

    def __init__(self, address: str, pid: int) -> None:
        parts = urlsplit(address)
        self.pid = pid
        self._line = http.client.HTTPConnection(parts.netloc, timeout=600)
        self._cookie = ""
        _, headers, _ = self._ask("GET", f"{parts.path}?{parts.query}")
        self._cookie = headers["Set-Cookie"].partition(";")[0]
        self._page = self._ask("GET", "/")[2].decode()
        self._csrf = self._found(r'name="csrf" value="(\w+)"')

    def looked(self, data: bytes) -> Self:
        """Hands in one file on the first page, and waits for the page with its findings."""
        task = self._handed_in("/look", {"a.xlsx": data})
        self._ask("GET", task["lines"][0]["link"])
        return self

    def collected(self, files: Mapping[str, bytes]) -> Self:
        """Hands in files to the campaign, and waits until all are judged and recorded."""
        key = self._found(r'href="/c/(\w+)/')
        task = self._handed_in(f"/c/{key}/returns", files)
        if task["state"] != "done" or len(task["lines"]) != len(files):
            raise RuntimeError(str(task)[:2000])
        return self

    def memory(self, *, children: bool = False) -> float:
        """Resident memory of its process, or of it and its workers, in MiB."""
        own = _resident(self.pid)
        return own + sum(map(_resident, _children(self.pid))) if children else own

    def _handed_in(self, path: str, files: Mapping[str, bytes]) -> dict[str, Any]:
        mark = secrets.token_hex(16)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
            + data
            + b"\r\n"
            for name, data in files.items()
        ]
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        status, headers, page = self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
        if status != http.HTTPStatus.SEE_OTHER:
            raise RuntimeError(page.decode()[:2000])
        while True:
            task: dict[str, Any] = json.loads(self._ask("GET", f"{headers['Location']}.json")[2])
            if task["state"] != "running":
                return task
            time.sleep(0.02)

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        token = {"X-CSRF-Token": self._csrf} if method == "POST" else {}
        self._line.request(method, path, body, {"Cookie": self._cookie, **token, **(headers or {})})
        answer = self._line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def _found(self, pattern: str) -> str:
        match = re.search(pattern, self._page)
        assert match is not None
        return match[1]


def _children(pid: int) -> list[int]:
    """All processes below one, on Linux."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(one) for thread in told.parent.parent.glob("*/children") for one in thread.read_text().split()]
    return own + [below for one in own for below in _children(one)]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
