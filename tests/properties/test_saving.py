"""Saved by another program and otherwise untouched, a form has the findings that it had, whatever the form."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.filled import PROFILE, filled
from tests.properties.spellings import SPELLINGS
from tests.support.office import convert_all
from tests.support.packages import Package
from tests.support.rewriting import REWRITINGS

NOTED = {"by_openpyxl": {"C001"}, "with_an_empty_fill": {"F030"}}
"""What is told of such a file for information: no stored values, styles that were repaired."""
WAYS = {**REWRITINGS, **SPELLINGS}


@pytest.mark.parametrize("way", WAYS)
@settings(PROFILE, max_examples=8)
@given(number=st.integers(0, 10**6))
def test_saving_changes_no_finding(way: str, number: int) -> None:
    made = filled(random.Random(number))
    before, after = made.told(made.data), made.told(WAYS[way](made.data))
    rest = [found for found in after if found[0] not in NOTED.get(way, set())]
    if way == "by_openpyxl":  # nothing is shown where no results are stored
        assert [found[:3] for found in rest] == [found[:3] for found in before if found[0] != "C102"]
    else:
        assert rest == before


@pytest.mark.parametrize("way", SPELLINGS)
def test_a_spelling_is_another(way: str) -> None:
    data = filled(random.Random(3)).data
    assert Package(SPELLINGS[way](data)).parts != Package(data).parts or way == "stored_in_another_order"


@pytest.mark.libreoffice
def test_a_real_office_program_changes_no_finding() -> None:
    """Several forms at one start of the program, which computes every formula again."""
    forms = [filled(random.Random(number)) for number in range(10)]
    saved = convert_all([made.data for made in forms], ".xlsx", "xlsx")
    assert [made.told(data) for made, data in zip(forms, saved, strict=True)] == [
        made.told(made.data) for made in forms
    ]
