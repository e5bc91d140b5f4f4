"""A bundle tried out where it was made: the Windows one under wine, aarch64 under qemu. Writes a line of Markdown for each trial.

wine is not Windows. What it cannot show stands in docs/internals/bundle.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from tools.bundle import contents
from tools.bundle.desk_client import DeskClient
from tools.bundle.inputs import ROOT, STORE, BundleError
from tools.bundle.windows import NAME
from tools.bundle.wine import Wine

SAMPLE: Final = "zhuzhou-2024"
_FILES: Final = ("careful.xlsx", "as-printed.xlsx")
_COPIES: Final = 6
"""How often the sample is checked: more than ten files are checked in worker processes."""
_PATIENCE: Final = 600.0


@dataclass
class Trial:
    """A bundle under trial: how its programs are started, and where the desk keeps its state."""

    kind: str
    folder: Path
    before: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    state: Path = Path()

    @property
    def console(self) -> list[str]:
        """The command line of the bundle."""
        if self.kind == "windows":
            return [*self.before, str(self.folder / "xlsxeval.exe")]
        return [*self.before, str(self.folder / "python" / "bin" / "python3"), "-s", "-m", "xlsxeval"]

    @property
    def double_click(self) -> list[list[str]]:
        """The ways to open the desk."""
        if self.kind == "windows":
            python = self.folder / "python"
            script = [*self.before, str(python / "pythonw.exe"), str(python / "start.py")]
            return [[*self.before, str(self.folder / f"{NAME}.exe")], script]
        return [
            [
                *self.before,
                str(self.folder / "python" / "bin" / "python3"),
                "-I",
                str(self.folder / "python" / "start.py"),
            ]
        ]

    def run(self, *words: str, cwd: Path, codes: Sequence[int] = (0,)) -> str:
        """Runs a command of the bundle. Raises BundleError for an exit code that is not among those."""
        done = subprocess.run(
            [*self.console, *words],
            cwd=cwd,
            env=self.settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode not in codes:
            raise BundleError(
                f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')[-2000:]}"
            )
        return done.stdout.decode("utf-8", "replace")


@contextmanager
def tried(kind: str, made: Path) -> Iterator[Trial]:
    """A copy of a bundle in a folder with a blank and Chinese in its path, ready to be run."""
    with tempfile.TemporaryDirectory(prefix="xlsxeval-trial-") as place:
        folder = Path(place) / "试 用" / made.name
        shutil.copytree(made, folder, symlinks=True)
        home = Path(place) / "home"
        home.mkdir()
        if kind == "windows":
            wine = Wine(STORE.parent / "wine")
            wine.prepare(folder / "python")
            _without(folder / contents.LIST, "python/_wmi.pyd")
            yield Trial(kind, folder, ["wine"], wine.settings, wine.state)
            return
        settings = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "BROWSER": "true"}
        settings["PYTHONPATH"] = str(next(folder.glob("app-*")))
        before = []
        if kind == "linux-aarch64" and os.uname().machine != "aarch64":
            before = ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu"]
        yield Trial(kind, folder, before, settings, home / ".local" / "state" / "xlsxeval")


def _without(listed: Path, name: str) -> None:
    """Takes a file off the list of files, which else the start would miss."""
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    listed.write_text(
        "".join(line for line in lines if not line.endswith(f"\t{name}\n")), encoding="utf-8", newline="\n"
    )


def trials(kind: str, out: Path) -> list[str]:
    """Tries a bundle, and returns a row of Markdown for each trial. Raises BundleError where one fails."""
    made = out / f"{NAME}-{contents.version()}-{kind}"
    if not made.is_dir():
        raise BundleError(f"{made} is not there; make it first: python -m tools.bundle {kind}")
    rows = []
    with tried(kind, made) as trial, tempfile.TemporaryDirectory() as place:
        work = Path(place)
        for what, does in _TRIALS:
            began = time.monotonic()
            told = does(trial, work)
            rows.append(f"| {what} | {told} | {time.monotonic() - began:.0f} s |")
            sys.stderr.write(f"{rows[-1]}\n")
    return rows


def _doctor(trial: Trial, work: Path) -> str:
    return trial.run("doctor", cwd=work).splitlines()[0]


def _second_start(trial: Trial, work: Path) -> str:
    began = time.monotonic()
    trial.run("--version", cwd=work)
    first = time.monotonic() - began
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "xlsxeval", "--version"], cwd=ROOT, check=True, capture_output=True)
    return f"{first:.1f} s（本机的 Python 环境 {time.monotonic() - began:.1f} s）"


def _demo(trial: Trial, work: Path) -> str:
    trial.run("demo", "演示", cwd=work)
    made = sorted(path.suffix for path in (work / "演示" / SAMPLE / "结果").rglob("*") if path.is_file())
    if made.count(".docx") != 1 or made.count(".xlsx") < 2:
        raise BundleError(f"the demo made {made}")
    return f"写出 {len(made)} 个文件"


def _same_findings(trial: Trial, work: Path) -> str:
    """Many files, two workers: the bundle's findings are those of the checkout, byte for byte."""
    folder = work / "收回"
    folder.mkdir()
    for number in range(_COPIES):
        for name in _FILES:
            shutil.copyfile(ROOT / "samples" / SAMPLE / "submitted" / name, folder / f"{number} {name}")
    names = sorted(path.name for path in folder.iterdir())
    trial.run("check", *names, "-j", "2", "--format", "json", "-o", "一.json", cwd=folder, codes=(1,))
    own = [sys.executable, "-m", "xlsxeval", "check", *names, "-j", "2", "--format", "json", "-o", "二.json"]
    subprocess.run(own, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    one, two = ((folder / name).read_bytes() for name in ("一.json", "二.json"))
    if one != two:
        raise BundleError(f"findings differ: {len(one)} and {len(two)} bytes")
    return f"{len(names)} 份表，{len(json.loads(one)['files'])} 个结果，{len(one):,} 字节，逐字节相同"


def _desk(trial: Trial, work: Path) -> str:
    """The desk is opened by every way in, given a file by its page, and ended by its page."""
    told = []
    for command in trial.double_click:
        mark = trial.state / "running.json"
        mark.unlink(missing_ok=True)
        began = time.monotonic()
        process = subprocess.Popen(
            [*command, "--no-browser"],
            cwd=work,
            env=trial.settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            page = DeskClient(_when(partial(_announced, mark), process))
            opened = time.monotonic() - began
            began = time.monotonic()
            task = page.upload("/look", ROOT / "samples" / SAMPLE / "submitted" / "careful.xlsx")
            lines = _when(partial(page.finished, task), process)
            told.append(
                f"{Path(command[-1]).name} {opened:.1f} s 后打开，上传一份表 {time.monotonic() - began:.1f} s（{lines}）"
            )
            page.post("/quit")
            process.wait(_PATIENCE)
        finally:
            if process.poll() is None:
                process.kill()
    return "；".join(told)


def _announced(mark: Path) -> dict[str, Any] | None:
    try:
        return json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _when(asked: Callable[[], Any], process: subprocess.Popen[bytes]) -> Any:
    """What the question is answered with once it is. Raises BundleError after some minutes, or when the process ended."""
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        found = asked()
        if found is not None:
            return found
        if process.poll() is not None:
            said = process.stdout.read().decode(errors="replace") if process.stdout else ""
            raise BundleError(f"the desk ended with {process.returncode}: {said[-2000:]}")
        time.sleep(0.1)
    raise BundleError("the desk did not answer")


_TRIALS: Final = (
    ("`doctor`", _doctor),
    ("`--version`", _second_start),
    ("`demo`：下发、填、核对、Word 报告", _demo),
    ("`check -j 2`，结果与源码目录相比", _same_findings),
    ("双击：打开工作台，上传一份表，退出", _desk),
)
