"""Runs of neighbouring items: what is given out, and kept, at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar
from zlib import crc32

Item = TypeVar("Item")

_LONGEST: Final = 64
"""Items of a run on average where there are many."""
_RUNS: Final = 32
"""So many runs at least, as long as there are that many items: enough for some workers to share out evenly."""


def runs_of(items: Sequence[Item]) -> list[list[Item]]:
    """The items in their order, cut into runs.

    Where a run ends follows from the items themselves. So one more item, or one fewer, changes the run that it is in and
    no other: what was done for the others holds the next time.
    """
    mean = min(_LONGEST, 1 << max(0, (len(items) // _RUNS).bit_length() - 1))
    runs: list[list[Item]] = []
    for item in items:
        if not runs or len(runs[-1]) >= 4 * mean or _ends(runs[-1][-1], mean):
            runs.append([])
        runs[-1].append(item)
    return runs


def _ends(item: object, mean: int) -> bool:
    return crc32(repr(item).encode("utf-8", "surrogateescape")) % mean == 0
