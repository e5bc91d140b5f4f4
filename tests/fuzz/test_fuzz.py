"""The first inputs of every kind, always the same ones; tools/fuzz.py goes on from there for as long as is wanted."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.bounds import TooMuch, bounded
from tests.fuzz.judging import check_workbook
from tests.fuzz.kinds import KINDS
from tests.fuzz.running import failures, made, tried
from tests.fuzz.seeds import FILES, seed

INPUTS = {
    "bytes": 100,
    "zip": 100,
    "xml": 200,
    "values": 130,
    "formulas": 80,
    "seal": 25,
    "definitions": 20,
    "roster": 20,
    "parcels": 100,
    "mails": 130,
    "names": 70,
    "docx": 35,
    "exports": 70,
    "templates": 20,
    "calc": 100,
}
"""About twenty seconds of processor time in all; ``make fuzz`` goes on."""
BATCH = 100


def test_every_kind_is_run() -> None:
    assert INPUTS.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("kind", "first"), [(kind, first) for kind, most in INPUTS.items() for first in range(0, most, BATCH)]
)
def test_no_crash_no_hang_no_wrong_clean(kind: str, first: int) -> None:
    """A failing input is made again with ``python tools/fuzz.py --kind … --again …``."""
    numbers = range(first, min(first + BATCH, INPUTS[kind]))
    assert [f"--kind {kind} --again {one.number}: {one.what}" for one in failures(kind, numbers)] == []


@pytest.mark.parametrize("kind", ["bytes", "zip", "xml", "values", "formulas", "seal"])
def test_the_inputs_are_mutated(kind: str) -> None:
    assert sum(made(KINDS[kind], number) != seed().data for number in range(20)) >= 15


def test_definitions_are_mutated() -> None:
    assert sum(made(KINDS["definitions"], number) != FILES for number in range(20)) >= 15


def test_an_input_is_made_again_by_its_number() -> None:
    for name, kind in KINDS.items():
        assert made(kind, 7) == made(kind, 7), name


# The oracles themselves


def test_an_input_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooMuch):
        _endless()


def _endless() -> None:
    with bounded(0.2):
        while True:
            pass


def test_an_exception_is_a_failure() -> None:
    failure = tried(KINDS["calc"], 1, None)
    assert failure is not None
    assert failure.trace


@pytest.mark.parametrize("find_nothing", [True, False])
def test_a_wrong_clean_is_seen(monkeypatch: pytest.MonkeyPatch, find_nothing: bool) -> None:
    """If no rule spoke, most changes to locked cells would be seen by the second reader."""
    if find_nothing:
        monkeypatch.setattr("tests.fuzz.judging.told", lambda _: False)
    wrong = 0
    for number in range(30):
        data = KINDS["formulas"].make(random.Random(number))
        wrong += bool(list(check_workbook(data, typed=True)))
    assert wrong >= 15 if find_nothing else wrong == 0
