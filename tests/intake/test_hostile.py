"""Every hostile file gets its answer, within the bounds, and nothing but its answer."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.hostile import RECIPES, Recipe
from tests.intake.ooxml import workbook
from xlsxeval.intake.limits import Limits
from xlsxeval.intake.reader import Rejected, read_workbook


def answer(data: bytes, limits: Limits | None = None) -> tuple[str, str | None]:
    """(outcome, code) of reading the bytes."""
    try:
        found = read_workbook(data, limits)
    except Rejected as rejection:
        return "rejected" if rejection.fault.detail else "no detail", rejection.fault.code
    codes = sorted({fault.code for fault in found.faults})
    return ("reported", ",".join(codes)) if codes else ("accepted", None)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_each_recipe_gets_its_answer(recipe: Recipe) -> None:
    assert answer(recipe.make()) == (recipe.outcome, recipe.code)


def test_recipe_names_are_unique() -> None:
    names = [recipe.name for recipe in RECIPES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["external_entity", "external_dtd", "parameter_entity", "picture_from_the_network"])
def test_nothing_is_opened_and_no_network_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = next(recipe.make() for recipe in RECIPES if recipe.name == name)

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the reading went outside")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr("builtins.open", forbidden)
    monkeypatch.setattr(Path, "open", forbidden)
    answer(data)


def test_faults_of_one_kind_are_counted_beyond_the_bound() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>NaN</v></c></row>' for r in range(1, 151))
    faults = read_workbook(workbook(rows), Limits(faults_of_a_kind=100)).faults
    assert len(faults) == 101
    assert "50" in faults[-1].detail
    assert faults[0].cell == "A1"
