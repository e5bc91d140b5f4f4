"""What every pool of workers promises, whether its workers are on this machine or on others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class LossReason(StrEnum):
    """Why an item has no result."""

    TIME = "time"
    """It took longer than it may."""
    MEMORY = "memory"
    """It asked for more memory than it may have."""
    DIED = "died"
    """The worker of this item ended: it crashed, or a person or the system ended it."""
    BUG = "bug"
    """``work`` raised what it never should."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands in the place of a result that does not come.

    ``detail`` is a Chinese clause with the facts: the limit, the signal, where in the program it happened.
    """

    why: LossReason
    detail: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one item may take of a worker; None is without bound."""

    seconds: float | None = None
    memory_bytes: int | None = None


def out_of_time(bounds: Bounds) -> Lost:
    """What stands for an item that took longer than it may."""
    return Lost(LossReason.TIME, f"核对用了 {bounds.seconds:g} 秒还没有完")


def out_of_memory(bounds: Bounds) -> Lost:
    """What stands for an item that asked for more memory than it may have."""
    most = bounds.memory_bytes
    told = "内存不够" if most is None else f"要用的内存超过 {most / 2**20:,.0f} MB"
    return Lost(LossReason.MEMORY, told)


class Each(Protocol):
    """Runs ``work`` over ``items`` with ``jobs`` workers.

    - The results come in the order of the items, each as soon as it and all before it are there.
    - For an item that came to no end a ``Lost`` stands in its place; the others are not touched by it. An item whose
      worker died is tried once more, alone in a fresh worker, before it is blamed.
    - ``work``, the items and the results must be able to travel (pickle). ``work`` travels once to each worker, not once
      an item, and is kept there: what it remembers (layouts, templates) serves all items of that worker.
    - To a process of this machine ``work`` may bring what it has opened already: by a method ``reduce_near`` (as
      ``__reduce__``) of it or of what it holds.
    - Where ``work`` has a method ``prepare``, each worker calls it once before its first item, outside the bounds.
    - Items are given out in runs of neighbours, so that neighbours of one kind share what ``work`` remembers of them.
    - Raised are only XlsxevalError and OSError from ``work``: they concern the whole run (a faulty campaign, a full disk).
    - Closing the iterator, or an exception where it is used (Ctrl-C), ends every worker at once.
    """

    def __call__(
        self, work: Callable[[Item], Result], items: Sequence[Item], jobs: int, bounds: Bounds
    ) -> Iterator[Result | Lost]: ...
