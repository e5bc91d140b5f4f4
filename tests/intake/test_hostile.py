"""Every hostile file gets its answer, within the bounds, and nothing but its answer."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.hostile import RECIPES, Recipe
from tests.intake.ooxml import workbook
from xlsxeval.intake.reader import Rejected, read_workbook
from xlsxeval.limits import Limits
from xlsxeval.model import Fault, split_a1


def read(data: bytes) -> tuple[str, tuple[Fault, ...]]:
    """The outcome of reading the bytes, and what was found wrong."""
    try:
        faults = read_workbook(data).faults
    except Rejected as rejection:
        return "rejected", (rejection.fault,)
    return ("reported" if faults else "accepted"), faults


@pytest.mark.parametrize("recipe", [recipe for recipe in RECIPES if not recipe.heavy], ids=lambda recipe: recipe.name)
def test_each_recipe_gets_its_answer(recipe: Recipe) -> None:
    outcome, faults = read(recipe.make())
    assert outcome == recipe.outcome
    assert {fault.code for fault in faults} == ({recipe.code} if recipe.code else set())
    assert all(fault.detail and fault.detail.isprintable() and len(fault.detail) <= 400 for fault in faults)
    assert all(split_a1(fault.cell) for fault in faults if fault.cell is not None)


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
    read(data)


def test_faults_of_one_kind_are_counted_beyond_the_bound() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>NaN</v></c></row>' for r in range(1, 151))
    faults = read_workbook(workbook(rows), Limits(faults_of_a_kind=100)).faults
    assert len(faults) == 101
    assert "50" in faults[-1].detail
    assert faults[0].cell == "A1"
