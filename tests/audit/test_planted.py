"""One figure made ten percent smaller: told at its place, or at what it contradicts; never two accusations of others."""

from __future__ import annotations

import re

import pytest

from tests.support.published.counting import auditor
from tests.support.published.files import as_page
from tests.support.published.sources import made_right

SHARE = {"score": 1.0, "weight": 1.0, "total": 1.0, "funds": 0.85}
"""Least share of planted errors that are told, by what was changed. docs/internals/audit.md has all kinds."""


def planted(kind: str) -> list[bool]:
    """Whether each figure of a kind in the forms of one report is told once it is 10 % smaller."""
    right = made_right("yueyanglou-2023")
    before = _told(right)
    results = []
    for form in right.forms:
        for cell in form.cells:
            if (
                _kind(cell.field) == kind
                and re.fullmatch(r"\d+(\.\d+)?%?", cell.text)
                and float(cell.text.rstrip("%")) > 0
            ):
                sign = "%" if cell.text.endswith("%") else ""
                wrong = f"{float(cell.text.rstrip('%')) * 0.9:.2f}{sign}"
                changed = made_right("yueyanglou-2023", ((cell.origin, wrong),))
                results.append(bool(_told(changed) - before))
    return results


def _told(report) -> set[tuple[str, str | None]]:
    findings = auditor().judge("报告.html", as_page(report)[0]).verdict.findings
    return {(one.code, one.place.cell) for one in findings}


def _kind(field: str) -> str:
    head, _, name = field.partition(".")
    if head == "total":
        return "total"
    if head.startswith("indicators"):
        return name
    return "funds" if head == "funds" else head


@pytest.mark.parametrize("kind", SHARE)
def test_a_planted_error_is_told(kind):
    found = planted(kind)
    assert found
    assert sum(found) / len(found) >= SHARE[kind]
