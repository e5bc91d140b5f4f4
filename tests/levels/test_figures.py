"""Sums of figures: exact, the same in any order, and of parts as of the whole."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.exports import received
from xlsxeval.levels import (
    ExportedUnit,
    LevelTotals,
    ReturnStatus,
    read_standing,
    standing_of,
    standing_text,
    totals_of,
)
from xlsxeval.levels.figures import figure, figure_text

amounts = st.decimals(-(10**9), 10**9, places=4)
kinds = st.sampled_from(["initial", "budget", "executed", "score"])
units = st.builds(
    ExportedUnit,
    code=st.text("0123456789", min_size=1, max_size=4),
    name=st.just("某某局"),
    status=st.sampled_from(ReturnStatus),
    sent=st.booleans(),
    amounts=st.dictionaries(kinds, amounts),
)


@given(st.lists(units, max_size=8), st.randoms())
def test_the_order_of_units_changes_nothing(some: list[ExportedUnit], random: object) -> None:
    other = list(some)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert totals_of(some) == totals_of(other)


@given(st.lists(units, max_size=8), st.integers(0, 8))
def test_the_sum_of_levels_is_that_of_all_units(some: list[ExportedUnit], at: int) -> None:
    assert totals_of(some[:at]) + totals_of(some[at:]) == totals_of(some)


@given(st.lists(units, min_size=1, max_size=8))
def test_sums_are_exact_and_counts_add_up(some: list[ExportedUnit]) -> None:
    totals = totals_of(some)
    budgets = [unit.amounts["budget"] for unit in some if "budget" in unit.amounts]
    assert totals.amounts.get("budget", Decimal(0)) == sum(budgets, Decimal(0))
    waiting = sum(unit.status is ReturnStatus.CONFLICT for unit in some)
    assert totals.returned == totals.clean + totals.errors + waiting
    assert totals.units == len(some)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_of_a_workbook_keeps_its_fifteen_digits_or_is_no_figure(number: float) -> None:
    found = figure(number)
    if found is not None:
        assert abs(float(found) - number) <= max(abs(number) * 1e-14, 1e-12)
        assert Decimal(figure_text(found)) == found
        assert "E" not in figure_text(found)


def test_figures_as_people_write_them() -> None:
    assert [figure_text(Decimal(text)) for text in ("100", "1E+2", "-0", "0.0", "12.50", "-3.10", "0.000001")] == [
        "100", "100", "0", "0", "12.5", "-3.1", "0.000001",
    ]  # fmt: skip
    assert figure(0.1 + 0.2) == Decimal("0.3")
    assert (figure(1e15), figure(float("nan"))) == (None, None)


def test_rates_and_scores_are_rounded_half_up_and_blank_where_there_is_no_budget() -> None:
    assert (LevelTotals().rate, LevelTotals().score) == (None, None)
    totals = LevelTotals(
        amounts={"budget": Decimal(80), "executed": Decimal("10.004")}, weight=Decimal(8), weighted=Decimal("7.24")
    )
    assert (totals.rate, totals.score) == (Decimal("0.1251"), Decimal("0.91"))


def test_a_standing_is_read_back_as_it_was() -> None:
    standing = standing_of(received({}))
    assert read_standing(standing_text(standing)) == standing
    assert [(one.name, one.depth, one.total and one.total.units) for one in standing.below] == [("某某镇", 1, 1)]
    assert (standing.total.amounts["budget"], standing.proven) == (Decimal("157.5"), 2)
