"""docs/internals/security.md: its tables say what the program does; every code and every test that they name is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.hostile import RECIPES
from tests.hostile.places import SPOTS
from tests.hostile.returns import RETURNS
from xlsxeval.forms.library import Library
from xlsxeval.limits import SETTINGS, Limits
from xlsxeval.resources import templates_directory
from xlsxeval.rules.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "internals" / "security.md").read_text(encoding="utf-8")
CODES = sorted(set(re.findall(r"\b[FITCVLXSN][0-9]{3}\b", TEXT)))


@cache
def known() -> set[str]:
    return set(catalogue(Library(templates_directory())))


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_rule(code: str) -> None:
    assert code in known()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+\.py)`", TEXT))))
def test_a_test_that_is_named_is_there(name: str) -> None:
    assert (ROOT / name).is_file() or any((ROOT / "tests").rglob(name))


@pytest.mark.parametrize("codes", sorted(set(re.findall(r"cases ([FITCVLXSN0-9–, ]+)", TEXT))))
def test_the_cases_that_are_named_are_there(codes: str) -> None:
    named = re.findall(r"[FITCVLXSN][0-9]{3}", codes)
    assert named
    assert [code for code in named if not (ROOT / "tests" / "cases" / f"{code}.yaml").is_file()] == []


def _rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, cell by cell, without those of its head."""
    under = TEXT.split(f"\n## {heading}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    lines = [line for line in under.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_hostile_file_stands_in_the_table_with_its_code() -> None:
    told = {name: code for _, _, code, names in _rows("Every hostile file") for name in re.findall(r"`(\w+)`", names)}
    files = {recipe.name: {recipe.code or ""} for recipe in RECIPES} | {spot.name: {spot.code or ""} for spot in SPOTS}
    files |= {one.name: set(one.codes) or {""} for one in RETURNS}
    assert told.keys() == files.keys()
    assert {name: code for name, code in told.items() if code not in files[name]} == {}


def test_the_limits_in_the_table_are_those_of_the_program() -> None:
    told = {}
    for _, default, name, bounds in _rows("The limits"):
        least, most = (int(number.replace(",", "")) for number in bounds.split("–"))
        told[name.strip("`")] = (int(default.replace(",", "").removesuffix(" MB")), least, most)
    held = {name: (one.of(Limits()), one.least, one.most) for name, one in SETTINGS.items()}
    assert told == held


def test_the_campaign_page_names_every_limit() -> None:
    page = (ROOT / "docs" / "internals" / "campaign.md").read_text(encoding="utf-8")
    assert [name for name in SETTINGS if f"`{name}`" not in page] == []


THREATS = [row[2].strip("`") for row in _rows("Threats, and the test that covers each")]


@pytest.mark.parametrize("test", THREATS)
def test_each_threat_names_a_test_that_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert f"\ndef {name or 'test_'}" in text
