"""The table of targets and actuals: what is read, what follows, and which score the rule gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.yaml_files import read_yaml
from xlsxeval.quantities import AchievementState, Target, compare, suggest

WEIGHT = Decimal(10)
STATES = {
    "达到": AchievementState.MET,
    "部分达到": AchievementState.PARTLY,
    "未达到": AchievementState.MISSED,
    "说不准": AchievementState.UNSURE,
}
ROWS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases.yaml"))


@pytest.mark.parametrize("row", ROWS, ids=[ascii(f"{row['target']} {row['actual']}") for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    outcome = compare(row["target"], row["actual"], row.get("name", ""))
    assert outcome.state is STATES[row["is"]], outcome
    assert (outcome.why.name if outcome.why else None) == row.get("why"), outcome
    if "ratio" in row:
        assert outcome.ratio is not None
        assert round(outcome.ratio, 4) == Decimal(str(row["ratio"]))
    if "kind" in row:
        assert type(outcome.target).__name__ == row["kind"]
    suggestion = suggest(outcome, WEIGHT)
    assert suggestion.score == _points(row.get("score"))
    if isinstance(outcome.target, Target) and outcome.state is AchievementState.MISSED and suggestion.score is not None:
        assert list(suggestion.alternatives) == [_points(row[key]) for key in ("or",) if key in row]
    assert suggestion.span == (tuple(_points(bound) for bound in row["span"]) if "span" in row else None)
    assert bool(suggestion.working) == (suggestion.score is not None or suggestion.span is not None)


def _points(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


def test_the_table_is_large_enough_to_be_believed() -> None:
    assert len(ROWS) >= 220
    assert {row["is"] for row in ROWS} == set(STATES)
