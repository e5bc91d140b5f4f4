"""Verdicts made by hand: a file, its findings, nothing read."""

from __future__ import annotations

from xlsxeval.model import Finding, Place, Severity
from xlsxeval.rules.engine import numbered
from xlsxeval.rules.verdict import Subject, Verdict

FORMS = ("附件1", "附件2")


def finding(
    code: str = "L101",
    cell: str | None = "G4",
    *,
    sheet: str | None = "附件2",
    field: str | None = None,
    shown: str | None = "100.00%",
    message: str = "不等",
) -> Finding:
    place = Place(sheet, cell, field)
    return Finding(code, code.lower(), Severity.ERROR, message, "改", "[理]", place, shown=shown)


def verdict(
    *findings: Finding,
    unit: str = "001",
    path: str = "a.xlsx",
    forms: tuple[str, ...] = FORMS,
    campaign: str = "c",
) -> Verdict:
    subject = Subject(unit, "某某局", campaign, "e", forms, None, "verified")
    return Verdict(path, "0" * 64, subject, numbered(findings))


def rejected(path: str = "a.xlsx", code: str = "F003") -> Verdict:
    return Verdict(path, "1" * 64, None, (finding(code, None, sheet=None, shown=None),))
