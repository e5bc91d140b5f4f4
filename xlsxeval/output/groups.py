"""Findings in the order in which a person reads them: by worksheet, and what is the same told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxeval.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one rule on one worksheet that differ only in their places and values; never empty."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def code(self) -> str:
        return self.first.code

    @property
    def severity(self) -> Severity:
        return self.first.severity

    @property
    def message(self) -> str | None:
        """The message where all have the same, else None: then each must be told."""
        return self.first.message if len({finding.message for finding in self.findings}) == 1 else None


def by_sheet(findings: Iterable[Finding]) -> dict[str | None, list[Finding]]:
    """The findings of each worksheet in the order in which the worksheets first come; None is the whole file."""
    sheets: dict[str | None, list[Finding]] = {}
    for finding in findings:
        sheets.setdefault(finding.place.sheet, []).append(finding)
    return sheets


def groups(findings: Sequence[Finding]) -> list[FindingGroup]:
    """The findings of one worksheet by rule and advice, in the order of the first of each group.

    A message that comes more than once makes a group of its own; those that come once (they hold names or figures of
    their cell) stay together.
    """
    times = Counter(_kind(finding, finding.message) for finding in findings)
    found: dict[_Kind, list[Finding]] = {}
    for finding in findings:
        own = _kind(finding, finding.message)
        found.setdefault(own if times[own] > 1 else _kind(finding, None), []).append(finding)
    return [FindingGroup(tuple(members)) for members in found.values()]


_Kind = tuple[object, ...]


def _kind(finding: Finding, message: str | None) -> _Kind:
    """What the members of a group have in common."""
    rule = (finding.code, finding.severity, finding.severity_set_by)
    return (*rule, finding.fix, finding.basis, finding.waived, message)
