"""The arithmetic of a sample's README and its expected.json tell the same places."""

from __future__ import annotations

import json
import re

from tests.docs.pages import ROOT

SAMPLE = ROOT / "samples" / "zhuzhou-2024"
_ROW = re.compile(r"^\| (?P<code>[A-Z]\d{3}) [✗△○] \| (?P<place>[\w-]+![A-Z]+\d+)", re.MULTILINE)


def _told() -> tuple[set[str], set[str]]:
    """What the README says of both submissions, and of the one with printed figures only."""
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    both, _, printed = text.partition("### As printed")
    return ({f"{row['code']} {row['place']}" for row in _ROW.finditer(part)} for part in (both, printed))  # type: ignore[return-value]


def test_the_readme_tells_what_is_expected() -> None:
    expected = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))
    both, printed = _told()
    assert both == set(expected["careful.xlsx"])
    typed_over = {entry for entry in expected["as-printed.xlsx"] if entry.startswith("T101 ")}
    assert len(typed_over) == 58
    assert both | printed == set(expected["as-printed.xlsx"]) - typed_over
