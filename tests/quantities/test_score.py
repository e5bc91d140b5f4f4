"""Which formula an edition allows, and the sum that is shown with the score."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlsxeval.quantities import Policy, compare, suggest
from xlsxeval.quantities.score import LINEAR, NOTHING, RATIO

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("smaller", "score", "alternatives"),
    [
        ((RATIO,), "8.00", ()),
        ((LINEAR,), "7.50", ()),
        ((LINEAR, RATIO), "7.50", ("8.00",)),
    ],
)
def test_the_formula_of_the_edition_comes_first(
    smaller: tuple[str, ...], score: str, alternatives: tuple[str, ...]
) -> None:
    suggestion = suggest(compare("≤100万元", "125万元"), TEN, Policy(smaller=smaller))
    assert suggestion.score == Decimal(score)
    assert suggestion.alternatives == tuple(map(Decimal, alternatives))


def test_an_unknown_formula_gives_no_score() -> None:
    assert suggest(compare("≥95%", "90%"), TEN, Policy(larger="达不到不得分")) == NOTHING
    assert suggest(compare("≤5%", "6%"), TEN, Policy(smaller=())) == NOTHING


@pytest.mark.parametrize(
    ("target", "actual", "weight", "working"),
    [
        ("≥95%", "96.91%", "5", "96.91%≥95%，达到目标，得满分 5 分"),
        ("≥95%", "90%", "5", "90%÷95%×5＝4.74 分"),
        ("≤100万元", "125万元", "10", "100万元÷125万元×10＝8 分；或 （1−（125万元−100万元）÷100万元）×10＝7.5 分"),
        ("0起", "2起", "5", "目标为 0，实际 2起，得 0 分"),
        ("完成", "部分完成", "5", "部分达成，分值的 60%–80%，即 3–4 分"),
        ("12月底前", "12月20日", "4.5", "达到目标，得满分 4.5 分"),
    ],
)
def test_the_sum_can_be_followed(target: str, actual: str, weight: str, working: str) -> None:
    assert suggest(compare(target, actual), Decimal(weight)).working == working


def test_half_a_cent_is_rounded_up() -> None:
    assert suggest(compare("≥1000人", "200.5人"), Decimal(10)).score == Decimal("2.01")


def test_the_tiers_follow_the_edition() -> None:
    policy = Policy(achieved_from=Decimal("0.9"), partly_from=Decimal("0.7"))
    spans = [suggest(compare("完成", actual), TEN, policy).span for actual in ("已完成", "部分完成", "未完成")]
    assert spans == [(Decimal(9), Decimal(10)), (Decimal(7), Decimal(9)), (Decimal(0), Decimal(7))]


@pytest.mark.parametrize("weight", ["-1", "1E+30"])
def test_a_weight_that_is_none_gives_nothing(weight: str) -> None:
    assert suggest(compare("≥95%", "90%"), Decimal(weight)) == NOTHING
