"""docs/rules.md is made from the rules: it must be what the tool would write now."""

from __future__ import annotations

from tools.rules_doc import TARGET, render


def test_the_rules_page_is_current() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run: python tools/rules_doc.py"
