"""The numbers behind the charts of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from xlsxeval.board.state import CampaignState
from xlsxeval.model import Severity

_BOUNDS = (60, 70, 80, 90, 95)


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One column of a chart: how many, and its height as a share of the highest."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How the scores of the units lie; ``middle`` is their median."""

    columns: tuple[ChartColumn, ...]
    count: int
    middle: float


def scores(state: CampaignState) -> Scores | None:
    """The scores of all units that have one, in bands; None where nobody has."""
    known = [unit.figure.score for unit in state.units if unit.figure is not None and unit.figure.score is not None]
    if not known:
        return None
    return Scores(tuple(_columns(known)), len(known), median(known))


def total(state: CampaignState, severity: Severity) -> int:
    """How many findings of that severity count in all."""
    return sum(unit.count(severity) for unit in state.units)


def _columns(known: Sequence[float]) -> Iterable[ChartColumn]:
    bounds = (float("-inf"), *_BOUNDS, float("inf"))
    labels = (f"不到{_BOUNDS[0]}", *(f"{low}—{high}" for low, high in pairwise(_BOUNDS)), f"{_BOUNDS[-1]}以上")
    counts = [sum(low <= score < high for score in known) for low, high in pairwise(bounds)]
    return [ChartColumn(label, count, count / max(counts)) for label, count in zip(labels, counts, strict=True)]
