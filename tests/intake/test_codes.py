"""Each code that the reading of a file can give has its rule, and each rule of the family has a file that it meets."""

from __future__ import annotations

import pytest

from tests.hostile import RECIPES, Recipe
from tests.hostile.recipe import bombs_of
from xlsxeval.intake.reader import Rejected, read_workbook
from xlsxeval.intake.submission import Returned
from xlsxeval.limits import MB, Limits
from xlsxeval.model import Fault
from xlsxeval.rules.registry import rules

ABOUT_PLACES = {"F040", "F041"}
"""Codes of what is no ordinary file: no bytes can have them."""
ABOUT_OTHER_PROGRAMS = {"F031"}
"""Codes of what is read with the help of LibreOffice: test_old_format.py."""
ABOUT_WORKERS = {"F050", "F051", "F052", "F053"}
"""Codes of what came to no end in its worker; the reading itself gives none of them."""


def test_every_answer_has_a_rule_and_every_rule_a_recipe() -> None:
    codes = {recipe.code for recipe in RECIPES if recipe.code}
    known = {rule.code for rule in rules()}
    assert codes <= known
    assert {code for code in known if code[0] == "F"} == {code for code in codes if code[0] == "F"} | (
        ABOUT_PLACES | ABOUT_OTHER_PROGRAMS | ABOUT_WORKERS
    )


@pytest.mark.parametrize("code", sorted({recipe.code for recipe in RECIPES if recipe.code and recipe.code[0] == "F"}))
def test_the_rule_turns_the_fault_into_one_finding(code: str) -> None:
    recipe = min((recipe for recipe in RECIPES if recipe.code == code), key=lambda recipe: recipe.heavy)
    rule = next(rule for rule in rules() if rule.code == code)
    hits = list(rule.check(Returned(f"{recipe.name}.xlsx", "0" * 64, 0, faults(recipe))))
    assert len(hits) == 1
    assert rule.title
    assert rule.why
    assert rule.fix


def faults(recipe: Recipe) -> tuple[Fault, ...]:
    """What reading the recipe's file finds wrong."""
    try:
        with bombs_of(10):
            return read_workbook(recipe.make(), Limits(part_bytes=6 * MB)).faults
    except Rejected as rejection:
        return (rejection.fault,)
