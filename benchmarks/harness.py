"""What all benchmarks share: contenders measured in turn, tables of figures, how thorough a run is.

Contenders are run in rounds, one after the other, so that a machine that grows slower in the middle slows all of them.
Ratios are of processor time, which another program on the same machine disturbs little; the time by the clock stands
beside it. Every row says how many repetitions it is the median of, and the least and the greatest of them.
"""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Cell = str | int | float | None

ORDINARY = 3
"""Projects of an ordinary unit: its workbook has some 750 formulas."""


@dataclass(frozen=True, slots=True)
class Thoroughness:
    """How much is measured. ``quick`` shows in seconds that everything still runs; ``full`` may take an hour."""

    quick: bool = False
    full: bool = False

    @property
    def rounds(self) -> int:
        return 1 if self.quick else 9

    @property
    def projects(self) -> int:
        """Of the unit whose workbook is taken."""
        return 1 if self.quick else ORDINARY


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do the work. ``most`` bounds the repetitions of what takes many seconds."""

    name: str
    run: Callable[[], object]
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Times:
    """The repetitions of one contender, in milliseconds: of processor time (with children), and by the clock."""

    cpu: Sequence[float]
    wall: Sequence[float]


@dataclass(slots=True)
class Table:
    """Figures to print. ``notes`` say what was measured: sizes, what is counted in and what is not."""

    name: str
    title: str
    columns: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Benchmark(Protocol):
    """A module of this package with a function of this shape; its docstring says what is compared and why that is fair."""

    def __call__(self, thoroughness: Thoroughness) -> Iterator[Table]: ...


SIDE_BY_SIDE = ("", "n", "CPU ms, median", "least", "most", "clock ms, median", "times")


def side_by_side(
    name: str, title: str, contenders: Sequence[Contender], rounds: int, notes: Sequence[str] = ()
) -> Table:
    """A table with a row for each contender; ``times`` is its median processor time in units of the first one's."""
    for one in contenders:
        if one.most > 1 and rounds > 1:
            one.run()  # imports and caches are paid for before anything is measured
    gc.collect()
    gc.freeze()  # what is loaded already is not looked through while somebody is measured
    measured = interleaved(contenders, rounds)
    base = statistics.median(measured[0].cpu)
    table = Table(name, title, SIDE_BY_SIDE, notes=list(notes))
    for one, times in zip(contenders, measured, strict=True):
        middle = statistics.median(times.cpu)
        clock = statistics.median(times.wall)
        table.rows.append((one.name, len(times.cpu), middle, min(times.cpu), max(times.cpu), clock, middle / base))
    return table


def interleaved(contenders: Sequence[Contender], rounds: int) -> list[Times]:
    """The times of each contender, taken in turn."""
    times = [Times([], []) for _ in contenders]
    for round_ in range(rounds):
        for one, mine in zip(contenders, times, strict=True):
            if round_ < one.most:
                cpu, wall = timed(one.run)
                mine.cpu.append(cpu)  # type: ignore[attr-defined]
                mine.wall.append(wall)  # type: ignore[attr-defined]
    return times


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time and by the clock; nobody pays for another's garbage."""
    gc.collect()
    cpu, wall = _processor(), time.perf_counter()
    run()
    return (_processor() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _processor() -> float:
    """Seconds of this process and of the children that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
