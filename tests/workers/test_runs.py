"""Runs of neighbours: all items in their order, and one more item touches one run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsxeval.workers.runs import runs_of


@given(st.lists(st.text(), unique=True, max_size=3000))
def test_every_item_is_in_one_run_in_order(items: list[str]) -> None:
    runs = runs_of(items)
    assert [item for run in runs for item in run] == items
    assert all(runs)


@pytest.mark.parametrize("count", [20, 100, 5000, 100_000])
def test_there_are_enough_runs_to_share_out_and_none_is_long(count: int) -> None:
    runs = runs_of(range(count))
    assert len(runs) >= min(count, 20)
    assert max(map(len, runs)) <= 256


def test_one_more_item_changes_the_run_that_it_is_in_only() -> None:
    names = [f"{number:06d}.xlsx" for number in range(5000)]
    before = {tuple(run) for run in runs_of(names)}
    after = {tuple(run) for run in runs_of([*names[:2500], "002500a.xlsx", *names[2500:]])}
    assert len(before - after) <= 2
