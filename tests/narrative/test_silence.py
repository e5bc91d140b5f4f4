"""Tables of sentences. The right ones say what is true of the careful unit, or name nothing that could be held against anything;
each wrong one is told by the rule whose code stands behind it.

The unit is that of tests/support/campaigns/hunan-2024: 编制50人, 在职48人; 年初390, 全年400, 执行388万元, …
"""

from __future__ import annotations

import pytest

from tests.narrative.telling import sentences, told_of


@pytest.mark.parametrize("table", ["right.txt", "right_scope.txt", "right_reports.txt"])
def test_nothing_is_told_of_a_right_sentence_but_what_stands_behind_it(table: str) -> None:
    """Takes some seconds: four hundred sentences, each through all rules about prose."""
    wrongly = {
        sentence: found
        for sentence, allowed in sentences(table)
        if (found := [(code, hit.message) for code, hit in told_of(sentence) if code not in allowed])
    }
    assert wrongly == {}


@pytest.mark.parametrize("table", ["wrong.txt", "wrong_reports.txt"])
def test_every_wrong_sentence_is_told(table: str) -> None:
    """Takes some seconds: two hundred sentences, each through all rules about prose."""
    missed = {
        sentence: codes
        for sentence, codes in sentences(table)
        if not codes or not {*codes} <= {code for code, _ in told_of(sentence)}
    }
    assert missed == {}
