"""docs/security.md: every code and every test that its tables name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.rules.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
KNOWN = set(catalogue(Library(templates_directory())))
CODES = sorted(set(re.findall(r"\b[FITCVLXSN][0-9]{3}\b", TEXT)))


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_rule(code: str) -> None:
    assert code in KNOWN


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+\.py)`", TEXT))))
def test_a_test_that_is_named_is_there(name: str) -> None:
    assert (ROOT / name).is_file() or any((ROOT / "tests").rglob(name))


@pytest.mark.parametrize("codes", sorted(set(re.findall(r"cases ([FITCVLXSN0-9–, ]+)", TEXT))))
def test_the_cases_that_are_named_are_there(codes: str) -> None:
    named = re.findall(r"[FITCVLXSN][0-9]{3}", codes)
    assert named
    assert [code for code in named if not (ROOT / "tests" / "cases" / f"{code}.yaml").is_file()] == []
