"""Sentences of a careful unit: what they say is right, or names nothing that could be held against anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.actions import perform
from tests.support.base import base, returned
from xlsxeval.rules.registry import rules

SENTENCES = (Path(__file__).parent / "right.txt").read_text(encoding="utf-8").splitlines()
"""The unit is that of tests/support/campaigns/hunan-2024: 编制50人, 在职48人; 年初390, 全年400, 执行388万元, …"""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nothing_is_told_of_it(sentence: str) -> None:
    sent = base()
    received = perform(sent, {"fill": {"报告正文!others": sentence}})
    file = returned(received.raw, received.context, sent.layouts)
    hits = [(rule.code, hit.message) for rule in rules() if rule.code.startswith("N") for hit in rule.check(file)]
    assert hits == []
