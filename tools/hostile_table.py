"""Hostile files through every command that reads files: seconds, processor time and memory of each, and how it ended.

python tools/hostile_table.py                    # all, one process a file and command: many minutes
python tools/hostile_table.py --family bombs     # the heavy ones alone
python tools/hostile_table.py --name redos --seconds 60

A command that ends with an internal error, another exit code than 0, 1 and 2, or after more than the seconds is told by name.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.hostile import make  # noqa: E402, F401 - fills the list of recipes
from tests.hostile.recipe import RECIPES  # noqa: E402
from tests.support.base import CAMPAIGNS  # noqa: E402

_TASK = CAMPAIGNS / "hunan-2024" / "campaign.yaml"


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


def task_of(folder: Path, file: Path) -> Path:
    """A campaign in which the file was returned."""
    (folder / "收回").mkdir(parents=True)
    (folder / "campaign.yaml").write_bytes(_TASK.read_bytes())
    (folder / "收回" / file.name).write_bytes(file.read_bytes())
    return folder


COMMANDS: dict[str, Callable[[Path, Path], list[str]]] = {
    "check": lambda file, place: ["check", str(file)],
    "recalc": lambda file, place: ["recalc", str(file)],
    "fields": lambda file, place: ["fields", str(file)],
    "import-form": lambda file, place: ["import-form", str(file)],
    "fill": lambda file, place: [
        "fill",
        str(file),
        str(CAMPAIGNS / "hunan-2024" / "values.yaml"),
        "-o",
        str(place / "填.xlsx"),
    ],
    "lint (as a roster)": lambda file, place: ["lint", str(file)],
    "collect": lambda file, place: ["collect", str(task_of(place / "任务", file))],
    "run": lambda file, place: ["run", str(task_of(place / "任务", file))],
    "report": lambda file, place: [
        "report",
        str(task_of(place / "任务", file)),
        "--from",
        str(file),
        "-o",
        str(place / "报告"),
    ],
    "summary": lambda file, place: [
        "summary",
        str(task_of(place / "任务", file)),
        "--from",
        str(file),
        "-o",
        str(place / "汇.xlsx"),
    ],
}


def measured(command: str, file: Path, seconds: float) -> Cost:
    """Runs a command on a file in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        arguments = COMMANDS[command](file, Path(place))
        with tempfile.TemporaryFile() as said:
            since = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "xlsxeval", *arguments], stdout=subprocess.DEVNULL, stderr=said, cwd=ROOT
            )
            while time.monotonic() - since < seconds:
                pid, status, used = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                time.sleep(0.01)
            else:
                process.kill()
                _, status, used = os.wait4(process.pid, 0)
            took = time.monotonic() - since
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            text = said.read().decode("utf-8", "replace")
    return Cost(
        command, file.stem, took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode, text
    )


def costs(family: str | None, name: str, seconds: float, commands: list[str]) -> Iterator[Cost]:
    """Every command on every file asked for."""
    with tempfile.TemporaryDirectory() as folder:
        for recipe in RECIPES:
            if name not in recipe.name or family not in (None, recipe.family):
                continue
            file = Path(folder) / f"{recipe.name}.xlsx"
            file.write_bytes(recipe.make())
            for command in commands:
                yield measured(command, file, seconds)
            file.unlink()


def main(arguments: list[str]) -> int:
    """Prints a line a command: the most that any file took; then what ended wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", choices=sorted({recipe.family for recipe in RECIPES}))
    parser.add_argument("--name", default="", help="only files with this in their names")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--command", action="append", choices=COMMANDS)
    options = parser.parse_args(arguments)
    found = list(costs(options.family, options.name, options.seconds, options.command or list(COMMANDS)))
    print("| command | files | most processor time | by | most memory | by | not as it must |")
    print("|---|---|---|---|---|---|---|")
    for command in dict.fromkeys(cost.command for cost in found):
        of_it = [cost for cost in found if cost.command == command]
        slow, large = max(of_it, key=lambda cost: cost.processor), max(of_it, key=lambda cost: cost.megabytes)
        wrong = [cost.file for cost in of_it if cost.is_wrong]
        print(
            f"| `{command}` | {len(of_it)} | {slow.processor:.1f} s | {slow.file} | {large.megabytes:.0f} MB | {large.file} "
            f"| {', '.join(wrong) or '0'} |"
        )
    return int(any(cost.is_wrong for cost in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
