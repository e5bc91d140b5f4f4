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


PAGE_FINDINGS = 10_000
"""Findings that a page of HTML lists: more makes pages that browsers open slowly or not at all."""
_FEWEST = 10


def most_of_each(counts: Iterable[int]) -> int:
    """Findings that a page lists of each file or unit, so that all together are no more than a page holds."""
    known = list(counts)
    most = max(known, default=0)
    while most > _FEWEST and sum(min(count, most) for count in known) > PAGE_FINDINGS:
        most = max(_FEWEST, most // 2)
    return most


def sections(findings: Sequence[Finding], most: int, whole: str) -> list[tuple[str, list[FindingGroup]]]:
    """The findings of a file or unit by worksheet, as a page lists them: the gravest ``most``, and how many more there are.

    ``whole`` is the heading of those about a file as a whole.
    """
    severities = list(Severity)
    gravest = sorted(range(len(findings)), key=lambda number: severities.index(findings[number].severity))[:most]
    listed = [
        (sheet or whole, groups(found)) for sheet, found in by_sheet(findings[one] for one in sorted(gravest)).items()
    ]
    if len(findings) > most:
        listed.append((f"另有 {len(findings) - most} 处没有列在这一页：用 check --format json 看全部", []))
    return listed


_Kind = tuple[object, ...]


def _kind(finding: Finding, message: str | None) -> _Kind:
    """What the members of a group have in common."""
    rule = (finding.code, finding.severity, finding.severity_set_by)
    return (*rule, finding.fix, finding.basis, finding.waived, message)
