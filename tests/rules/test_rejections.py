"""What a rejected file's finding says can be copied into a letter to the unit: what to do, and to send it again."""

from __future__ import annotations

import pytest

from xlsxeval.model import Severity
from xlsxeval.rules.registry import Rule, rules

OF_THE_ORGANISER = {"F040", "I021", "I022", "I023", "I030"}
"""About where files lie and whose they are: there the organiser acts first."""
REJECTIONS = [
    rule
    for rule in rules()
    if rule.code[0] in "FI" and rule.severity is Severity.ERROR and rule.code not in OF_THE_ORGANISER
]


@pytest.mark.parametrize("rule", REJECTIONS, ids=lambda rule: rule.code)
def test_the_advice_asks_politely_for_the_file_again(rule: Rule) -> None:
    assert rule.fix.startswith("请")
    assert "重新发来" in rule.fix
    assert rule.fix.endswith("。")
