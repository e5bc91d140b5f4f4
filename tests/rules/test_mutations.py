"""What is found of the mistakes that units really make is exactly what docs/rules.md tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.base import base
from tests.support.mutations import MUTATIONS, Mutation, as_record, outcome

RECORDED = json.loads(Path(__file__).with_name("mutations.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", MUTATIONS, ids=lambda kind: kind.id)
def test_as_much_is_found_as_the_page_says(kind: Mutation) -> None:
    record = as_record(outcome(base(), kind))
    assert record == next(entry for entry in RECORDED if entry["id"] == kind.id)
    assert record["mutants"] > 0


def test_every_recorded_mistake_is_still_made() -> None:
    assert [entry["id"] for entry in RECORDED] == [kind.id for kind in MUTATIONS]
