"""A returned file as pages show it: its worksheets as Excel shows them, and its findings, numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xlsxeval.model import Finding, Severity
from xlsxeval.rules.verdict import Subject
from xlsxeval.workbook.drawing import DrawnSheet

SETTLED: Final = "settled"
"""The mark of a cell whose findings were accepted as exceptions."""


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its number on the page, counted from 1, and the anchor of its cell, None where it has none."""

    number: int
    finding: Finding
    anchor: str | None

    @property
    def mark(self) -> str:
        """The mark of its cell: its severity, or ``settled`` where it was accepted as an exception."""
        return SETTLED if self.finding.waived is not None else self.finding.severity.value


@dataclass(frozen=True, slots=True)
class DrawnReturn:
    """A returned file. ``sheets`` are empty where it could not be read; ``subject`` is None then."""

    name: str
    sha256: str
    subject: Subject | None
    findings: tuple[NumberedFinding, ...]
    sheets: tuple[DrawnSheet, ...]

    def count(self, severity: Severity) -> int:
        """Number of findings of that severity that count."""
        return sum(one.finding.severity is severity and one.finding.waived is None for one in self.findings)

    @property
    def open(self) -> int:
        """Number of findings that count."""
        return sum(one.finding.waived is None for one in self.findings)
