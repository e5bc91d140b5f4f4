"""Compiled, filled in and read back, a form gives what went in, and another program reads the same cells alike."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.secondreader import disagreements
from tests.properties.filled import PROFILE, filled
from xlsxeval.calc import ExcelError


@settings(PROFILE, max_examples=60)
@given(st.integers(0, 10**6))
def test_what_went_in_comes_back(number: int) -> None:
    made = filled(random.Random(number))
    returned = made.read(made.data)
    assert returned.faults == ()
    submission = returned.submission
    assert submission is not None
    assert submission.inputs == {cell.address: made.values.get(cell.address) for cell in made.layout.inputs()}
    assert submission.recomputed == made.layout.compute(made.values)
    shown = {address: value for address, value in submission.shown.items() if value != ""}
    assert shown == {address: value for address, value in submission.recomputed.items() if value not in (None, "")} | {
        address: value for address, value in shown.items() if isinstance(value, ExcelError)
    }
    assert [code for code, *_ in made.told(made.data) if code[0] in "FIT" or code == "C102"] == []
    assert [text for text in disagreements(submission, made.data) if "#" not in text] == []
