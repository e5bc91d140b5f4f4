"""The helper columns in Excel (识别, 建议得分) say nothing or the same as the reading room."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.support.base import base
from tests.support.yaml_files import read_yaml
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.quantities import Policy, compare, suggest

CAMPAIGN = "yiyang-2022"
PATHS = ("target", "actual", "weight", "suggested")
PLAIN = [
    ("≥95%", "96.19%"), ("≥98%", "95%"), ("≥4次", "3次"), ("1000件以上", "990件"), ("不低于90%", "85%"), ("≤30天", "45天"),
    ("不超过30个工作日", "28个工作日"), ("100%", "100%"), ("10万元以内", "9.5万元"), ("≥1,200人", "1100人"),
]  # fmt: skip
"""What most lines of most forms look like."""


@cache
def _cells() -> dict[str, PlacedCell]:
    """The cells of one line of a small campaign."""
    slots = base(CAMPAIGN).layout.slots
    return {name: slots["project", 1, f"indicators[1].{name}"] for name in PATHS}


def _suggested(target: str, actual: str) -> float | None:
    """What the helper column shows beside a line with this target, this actual and 10 points."""
    cells = _cells()
    typed = {cells["target"].address: target, cells["actual"].address: actual, cells["weight"].address: 10.0}
    value = base(CAMPAIGN).layout.compute(typed)[cells["suggested"].address]
    return value if isinstance(value, float) else None


def _allowed(target: str, actual: str, name: str = "") -> set[Decimal]:
    """The scores that the reading room gives, by either documented formula."""
    suggestion = suggest(compare(target, actual, name), Decimal(10), Policy())
    return {point for point in (suggestion.score, *suggestion.alternatives) if point is not None}


def _is_one_of(score: float, points: Iterable[Decimal]) -> bool:
    return any(abs(Decimal(str(score)) - point) <= Decimal("0.005") for point in points)


def test_it_never_says_another_score() -> None:
    rows = read_yaml(Path(__file__).with_name("cases.yaml"))
    pairs = [(row["target"], row["actual"], row.get("name", "")) for row in rows]
    pairs = [pair for pair in pairs if all(isinstance(text, str) for text in pair)]
    shown = {(target, actual, name): _suggested(target, actual) for target, actual, name in pairs}
    said = {pair: score for pair, score in shown.items() if score is not None}
    assert len(said) > 40
    assert [pair for pair, score in said.items() if not _is_one_of(score, _allowed(*pair))] == []


@pytest.mark.parametrize(("target", "actual"), PLAIN)
def test_it_follows_what_most_forms_have(target: str, actual: str) -> None:
    score = _suggested(target, actual)
    assert score is not None
    assert _is_one_of(score, _allowed(target, actual))
