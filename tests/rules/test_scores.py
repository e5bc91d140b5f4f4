"""How the scoring rules take an edition's parameters."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from xlsxeval.quantities import Policy, compare
from xlsxeval.quantities.score import LINEAR, RATIO, SHARE
from xlsxeval.rules.scores import must_explain, policy, states_deduction


def _submission(**values: Any) -> Any:
    parameters = {name.replace("_", ".", 1): SimpleNamespace(value=value) for name, value in values.items()}
    return SimpleNamespace(layout=SimpleNamespace(edition=SimpleNamespace(parameters=parameters)))


def test_an_edition_without_parameters_allows_both_formulas() -> None:
    assert policy(_submission()) == Policy(SHARE, (RATIO, LINEAR), Decimal("0.8"), Decimal("0.6"))


@pytest.mark.parametrize(
    ("written", "formulas"),
    [
        ("目标÷实际×分值", (RATIO,)),
        ("目标/实际 × 分值", (RATIO,)),
        ("（1−（实际−目标）÷目标）×分值", (LINEAR,)),
        ("(1-(实际-目标)/目标)×分值，或者目标÷实际×分值", (LINEAR, RATIO)),
        ("超过不得分", ()),
    ],
)
def test_the_formulas_are_known_in_any_spelling(written: str, formulas: tuple[str, ...]) -> None:
    assert policy(_submission(scoring_smaller=written)).smaller == formulas


@pytest.mark.parametrize(
    ("threshold", "asked"), [(1.3, True), (2, True), (2.1, False), (0, False), (False, False), (None, True)]
)
def test_overachievement_is_asked_about_from_the_threshold_on(threshold: Any, asked: bool) -> None:
    submission = _submission() if threshold is None else _submission(overachievement=threshold)
    assert must_explain(submission, compare("≥100人", "200人")) is asked


@pytest.mark.parametrize(("target", "actual"), [("≤100人", "10人"), ("100人", "200人"), ("完成", "已完成")])
def test_only_the_larger_is_better_sort_is_asked_about(target: str, actual: str) -> None:
    assert must_explain(_submission(), compare(target, actual)) is False


@pytest.mark.parametrize(
    ("criterion", "told"),
    [
        ("", False),
        ("低于目标值扣分", False),
        ("未有提升扣分", False),
        ("延期扣分", False),
        ("每低1个百分点扣1分", True),
        ("每低一个百分点扣一分", True),
        ("超过不得分", True),
        ("酌情扣分", True),
        ("按完成比例得分", False),
        ("按比例扣分", False),
        ("按比例计分。", False),
        ("按实际完成率计分", False),
        ("未达到目标值的，按未完成比例扣减分值，扣完为止", False),
        ("达到目标得满分，未达到按比例扣分", False),
        ("完成得满分，否则按比例得分，低于60%不得分", True),
        ("按比例酌情扣分", True),
        ("按比例的2倍扣分", True),
        ("每低1%按比例扣1分", True),
    ],
)
def test_a_criterion_counts_where_it_says_how_much(criterion: str, told: bool) -> None:
    assert states_deduction(criterion) is told
