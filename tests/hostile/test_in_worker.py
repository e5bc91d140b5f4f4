"""Every hostile file gets its answer from a worker with little memory and time: the bounds of the guard are enough.

Bombs and bounds are a tenth of what they are, which takes a tenth of the time; ``tools/hostile_table.py`` has them whole.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import RECIPES
from tests.hostile.places import SPOTS, Spot
from tests.hostile.recipe import bombs_of
from tests.hostile.returns import RETURNS, Return
from tests.support.base import base
from xlsxeval.campaign.bounds import VARIABLE
from xlsxeval.intake.submission import read_returned
from xlsxeval.judging.judge import Judge
from xlsxeval.limits import SETTINGS, Limits
from xlsxeval.resources import templates_directory
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Bounds
from xlsxeval.workers.local import each

BOUNDS = Bounds(seconds=60, memory_bytes=700 * 1024 * 1024)
SHARE = 10
_SCALED = ("file_mb", "part_mb", "total_mb", "nodes", "shared_strings", "formula_characters", "cells")
LIMITS = ",".join(f"{name}={SETTINGS[name].of(Limits()) // SHARE}" for name in _SCALED)
NO_FORM = "I001"
"""What is found in every one that can be read: none of them is a form of ours."""


def test_every_file_is_answered_within_the_bounds_and_none_stops_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each recipe in its order, so that the bombs come among the others."""
    monkeypatch.setenv(VARIABLE, LIMITS)
    with bombs_of(SHARE):
        for recipe in RECIPES:
            (tmp_path / f"{recipe.name}.xlsx").write_bytes(recipe.make())
    files = [tmp_path / f"{recipe.name}.xlsx" for recipe in RECIPES]
    answers = list(each(Judge(templates_directory(), None), files, 2, BOUNDS))
    wanted = {
        recipe.name: {recipe.code} if recipe.outcome == "rejected" else {recipe.code, NO_FORM} - {None}
        for recipe in RECIPES
    }
    assert {recipe.name: found(answer) for recipe, answer in zip(RECIPES, answers, strict=True)} == wanted


@pytest.mark.parametrize("spot", [spot for spot in SPOTS if spot.possible], ids=lambda spot: spot.name)
def test_what_is_no_ordinary_file_is_told_without_waiting(spot: Spot, tmp_path: Path) -> None:
    path = spot.put(tmp_path)
    verdict = Judge(templates_directory(), None)(path)
    assert found(verdict) == {spot.code or NO_FORM}


@pytest.mark.parametrize("one", RETURNS, ids=lambda one: one.name)
def test_a_bad_return_is_told(one: Return) -> None:
    sent = base()
    assert found(judge(read_returned(one.name, one.make(), sent.context, sent.layouts))) == one.codes


def found(answer: object) -> set[str]:
    """The codes of all findings; a worker's loss is none."""
    assert isinstance(answer, Verdict), answer
    return {finding.code for finding in answer.findings}


def test_names_are_unique() -> None:
    names = [one.name for one in (*RECIPES, *SPOTS, *RETURNS)]
    assert len(names) == len(set(names))
