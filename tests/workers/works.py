"""Work that goes wrong in every way, to be done in another process."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.errors import UsageError


def double(number: int) -> int:
    return 2 * number


def troubled(what: int | str) -> int:
    """Doubles a number; a word does what it says."""
    if isinstance(what, int):
        return 2 * what
    match what:
        case "who":
            return os.getpid()
        case "exit 3":
            os._exit(3)
        case "exit 0":
            os._exit(0)
        case "crash":
            ctypes.string_at(0)
        case "sleep":
            time.sleep(600)
        case "hang in C":
            re.match(r"(a+)+$", "a" * 60 + "b")
        case "memory":
            held = [bytes(1 << 20) + b"1" for _ in range(100_000)]
            return len(held)
        case "recursion":
            return troubled(what)
        case "bug":
            raise ZeroDivisionError("x")
        case "usage":
            raise UsageError("任务不对")
        case "disk":
            raise OSError(28, "No space left on device")
    raise AssertionError(what)


def unsendable(number: int) -> object:
    return lambda: number


def who(number: int) -> int:
    time.sleep(0.02)
    return os.getpid()


@dataclass(frozen=True)
class DiesOnce:
    """Dies at one item the first time; tells when each item was in work, on the clock that all processes share."""

    marker: Path
    at: int

    def __call__(self, number: int) -> tuple[float, float]:
        start = time.monotonic()
        if number == self.at and not self.marker.exists():
            self.marker.touch()
            os._exit(9)
        time.sleep(0.1)
        return start, time.monotonic()


@dataclass(frozen=True)
class Prepared:
    """Takes its time to prepare, and counts how often it did."""

    folder: Path
    seconds: float

    def prepare(self) -> None:
        time.sleep(self.seconds)
        (self.folder / str(os.getpid())).touch(exist_ok=False)

    def __call__(self, number: int) -> int:
        return number


class Unarrivable:
    """Ends the process that it arrives in."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)

    def __call__(self, number: int) -> int:
        return number


@dataclass(frozen=True)
class Noted:
    """Slow work that notes for each item who did it, and keeps the results of a run in the same folder."""

    folder: Path
    seconds: float = 0.05

    def __call__(self, number: int) -> int:
        with (self.folder / f"{number}.done").open("a") as file:
            file.write(f"{os.getppid()}\n")
        time.sleep(self.seconds)
        return 2 * number

    def kept(self, items: Sequence[int]) -> list[int] | None:
        path = self._path(items)
        return json.loads(path.read_text()) if path.exists() else None

    def keep(self, items: Sequence[int], results: Sequence[int]) -> None:
        whole = self._path(items).with_suffix(f".{os.getpid()}")
        whole.write_text(json.dumps(results))
        whole.replace(self._path(items))

    def done(self) -> dict[int, list[int]]:
        """By item the processes that had it in work, each as often as it had."""
        return {int(path.stem): [int(pid) for pid in path.read_text().split()] for path in self.folder.glob("*.done")}

    def _path(self, items: Sequence[int]) -> Path:
        return self.folder / f"{items[0]}-{items[-1]}.json"


@dataclass(frozen=True)
class Native:
    """Work that only this process may do: every other has another trait."""

    number: int

    def traits(self) -> dict[str, str]:
        return {"进程": str(os.getpid())}

    def __call__(self, number: int) -> int:
        return number


@dataclass(frozen=True)
class Ending:
    """Work whose comparison ends the first worker that it meets, as a machine that is switched off then."""

    marker: Path

    def traits(self) -> dict[str, str]:
        if not self.marker.exists() and "distributed" in sys.modules and multiprocessing.parent_process() is not None:
            self.marker.touch()
            os._exit(9)
        return {"程序": "1"}

    def __call__(self, number: int) -> int:
        return 2 * number


class Unhurried:
    """Work that takes its time to compare, so that something can happen meanwhile."""

    def traits(self) -> dict[str, str]:
        time.sleep(1)
        return {"程序": "1"}

    def __call__(self, number: int) -> int:
        return 2 * number
