"""What is found of the mistakes that units really make is what docs/rules.md tells: every fifth is made again here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.base import base
from tests.support.mutations import MUTATIONS, Mutation, told_of

RECORDED = {
    entry["id"]: entry for entry in json.loads(Path(__file__).with_name("mutations.json").read_text(encoding="utf-8"))
}
EVERY = 5
"""``python tools/mutations.py`` makes all of them; with all, this would be the longest of the tests."""


@pytest.mark.parametrize("kind", MUTATIONS, ids=lambda kind: kind.id)
def test_as_much_is_found_as_the_page_says(kind: Mutation) -> None:
    record = RECORDED[kind.id]
    each = record["each"]
    assert len(list(kind.make(base()))) == len(each) == record["mutants"] > 0
    assert [record[name] for name in ("named", "felt", "missed")] == [each.count(letter) for letter in "nfm"]
    made = list(told_of(base(), kind, EVERY))
    assert {one.number: one.how for one in made} == {one.number: each[one.number] for one in made}
    assert sum(one.elsewhere for one in made) <= record["elsewhere"]


def test_every_recorded_mistake_is_still_made() -> None:
    assert list(RECORDED) == [kind.id for kind in MUTATIONS]
