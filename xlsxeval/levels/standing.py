"""What an export comes to once it was proven, small enough to be kept: the sums, whose they are, and who is below."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from xlsxeval.levels.export import plain
from xlsxeval.levels.figures import LevelTotals
from xlsxeval.levels.received import Received


@dataclass(frozen=True, slots=True)
class Below:
    """A level below the one that handed up; ``depth`` is 1 for its own. Without ``total`` it handed nothing up, or nothing
    that could be proven: ``remark`` says which."""

    code: str
    name: str
    depth: int
    total: LevelTotals | None = None
    made: dt.datetime | None = None
    proven: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LevelStanding:
    """The proven sums of a level: its ``own`` units, and the ``total`` with all below. ``units`` are codes and names."""

    own: LevelTotals
    total: LevelTotals
    proven: int
    units: tuple[tuple[str, str], ...]
    below: tuple[Below, ...] = ()


_ADAPTER = TypeAdapter(LevelStanding)


def standing_of(received: Received) -> LevelStanding:
    """What a proven export comes to."""
    return LevelStanding(
        received.own,
        received.total,
        sum(one.proven for one in received.walk()),
        tuple((unit.code, unit.name) for one in received.walk() for unit in one.export.units),
        tuple(_below(received, 1)),
    )


def standing_text(standing: LevelStanding) -> str:
    """The standing as it is kept."""
    return json.dumps(asdict(standing), ensure_ascii=False, sort_keys=True, default=plain)


def read_standing(text: str) -> LevelStanding:
    """The standing that was kept so. Raises ValueError for anything else."""
    return _ADAPTER.validate_json(text)


def _below(received: Received, depth: int) -> Iterator[Below]:
    for lower, one in received.lower:
        if isinstance(one, Received):
            proven = sum(level.proven for level in one.walk())
            yield Below(lower.code, lower.name, depth, one.total, one.export.made, proven)
            yield from _below(one, depth + 1)
        else:
            yield Below(lower.code, lower.name, depth, remark="未上报" if one is None else str(one))
