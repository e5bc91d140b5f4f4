"""What every verdict must keep to, whatever stands in the file: one right value for a cell, and values that can be told apart."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxeval.model import Finding

_ABOUT_FIGURES = "CLXST"
_BOUND_OR_FORMULA = ("≤", "≥", "=")


def disagreements(findings: Iterable[Finding]) -> list[str]:
    """Findings whose 现为 and 应为 read alike, and cells of which two findings name different right values."""
    wrong = []
    named: dict[tuple[str | None, str], set[str]] = {}
    for finding in findings:
        shown, expected, place = finding.shown, finding.expected, finding.place
        if shown is not None and shown == expected:
            wrong.append(f"{finding.code} {place.sheet}!{place.cell}：现为、应为都是 {shown}")
        is_value = bool(expected) and not str(expected).startswith(_BOUND_OR_FORMULA)
        if is_value and place.cell and not finding.aspect and finding.code[0] in _ABOUT_FIGURES:
            named.setdefault((place.sheet, place.cell), set()).add(str(expected))
    wrong += [f"{place}：应为 {sorted(values)}" for place, values in named.items() if len(values) > 1]
    return wrong
