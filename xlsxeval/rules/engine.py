"""All rules over one returned file → its findings, in the order of the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xlsxeval.forms.settings import RuleSetting, Settings
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.model import Finding, Fixed, Place, split_a1
from xlsxeval.rules.checks import check_findings
from xlsxeval.rules.facts import Facts, facts_of
from xlsxeval.rules.registry import Hit, Rule, rules
from xlsxeval.rules.settings import apply_settings


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

    @property
    def holds(self) -> tuple[str, ...]:
        """The worksheets that came with it, by their names as they were sent out."""
        return self.forms if self.part is None else (self.part,)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is told of a returned file; light enough to travel between processes.

    ``subject`` is None where the file could not be read. ``status``: ``clean``, ``findings`` or ``rejected``.
    ``settings`` are the rules that edition or campaign set another severity for, or switched off; ``fixed`` what an
    earlier run had found in this unit's files and this one does not. ``notes`` are for whoever judges and are no
    findings: why a record of last year could not be used.
    """

    path: str
    sha256: str
    subject: Subject | None
    findings: tuple[Finding, ...]
    settings: tuple[RuleSetting, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    facts: Facts | None = None
    notes: tuple[str, ...] = ()

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
    findings = [finding_of(rule, hit) for rule in rules() for hit in rule.check(returned)]
    submission = returned.submission
    settings: Settings = {}
    if submission is not None:
        findings += check_findings(submission)
        settings = submission.identity.settings
    findings = list(apply_settings(findings, settings))
    order = _sheet_order(returned)
    findings.sort(key=lambda finding: _place_key(finding, order))
    return Verdict(
        returned.path,
        returned.sha256,
        None if submission is None else subject_of(submission),
        numbered(findings),
        settings=tuple(settings.values()),
        facts=None if submission is None else facts_of(submission),
    )


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file; those that nothing tells apart are counted, so that each has its own fingerprint."""
    seen: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    counted = []
    for finding in findings:
        place = finding.place
        key = (finding.code, place.sheet, place.field or place.cell, finding.aspect)
        seen[key] += 1
        counted.append(finding if finding.occurrence == seen[key] else replace(finding, occurrence=seen[key]))
    return tuple(counted)


def subject_of(submission: Submission) -> Subject:
    """Whose workbook it is."""
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


def finding_of(rule: Rule, hit: Hit) -> Finding:
    """What a rule found, as it is told."""
    sheet = hit.address.sheet if hit.address else hit.sheet
    return Finding(
        code=rule.code,
        slug=rule.slug,
        severity=rule.severity,
        message=hit.message,
        fix=hit.fix or rule.fix,
        basis=rule.basis,
        place=Place(sheet, hit.address.a1 if hit.address else hit.spot, hit.field),
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
