"""All rules over one returned file → its findings, in the order of the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Finding, Place, split_a1
from xlsxeval.rules.checks import check_findings
from xlsxeval.rules.registry import Hit, Rule, rules


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose workbook a file is. ``forms`` are its worksheets; ``part`` the one of them where it holds no more."""

    code: str
    name: str
    campaign: str
    edition: str
    forms: tuple[str, ...]
    part: str | None
    seal_state: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is told of a returned file; light enough to travel between processes.

    ``subject`` is None where the file could not be read. ``status``: ``clean``, ``findings`` or ``rejected``.
    """

    path: str
    sha256: str
    subject: Subject | None
    findings: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that count: those that nobody waived."""
        return tuple(finding for finding in self.findings if finding.waived is None)

    @property
    def status(self) -> str:
        if self.subject is None:
            return "rejected"
        return "findings" if self.open else "clean"


def judge(returned: Returned) -> Verdict:
    """Applies every rule and every check."""
    findings = [_finding(rule, hit) for rule in rules() for hit in rule.check(returned)]
    if returned.submission is not None:
        findings += check_findings(returned.submission)
    order = _sheet_order(returned)
    findings.sort(key=lambda finding: _place_key(finding, order))
    return Verdict(returned.path, returned.sha256, _subject(returned), tuple(findings))


def _subject(returned: Returned) -> Subject | None:
    submission = returned.submission
    if submission is None:
        return None
    seal = submission.identity.seal
    return Subject(
        code=seal.unit.code,
        name=seal.unit.name,
        campaign=seal.campaign.id,
        edition=seal.campaign.edition,
        forms=tuple(sheet.name for sheet in submission.layout.sheets if sheet.form is not None),
        part=seal.part,
        seal_state=submission.identity.seal_state,
    )


def _finding(rule: Rule, hit: Hit) -> Finding:
    sheet = hit.address.sheet if hit.address else hit.sheet
    return Finding(
        code=rule.code,
        slug=rule.slug,
        severity=rule.severity,
        message=hit.message,
        fix=hit.fix or rule.fix,
        basis=rule.basis,
        place=Place(sheet, hit.address.a1 if hit.address else None, hit.field),
        label=hit.label,
        shown=hit.shown,
        expected=hit.expected,
        related=tuple(hit.related),
        working=hit.working,
        aspect=hit.aspect,
    )


def _sheet_order(returned: Returned) -> dict[str, int]:
    if returned.submission is None:
        return {}
    return {sheet.name: number for number, sheet in enumerate(returned.submission.raw.sheets)}


def _place_key(finding: Finding, order: dict[str, int]) -> tuple[int, int, int, str]:
    sheet = finding.place.sheet
    row, column = split_a1(finding.place.cell) if finding.place.cell else (0, 0)
    return (order.get(sheet, -1) if sheet else -1, row, column, finding.code)
