"""All rules, applied to one returned file and to all files of a run: the findings in the order of the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from xlsxeval.forms.settings import Settings
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.lazy import lazily
from xlsxeval.model import Finding, Place, split_a1
from xlsxeval.parcels import written_out
from xlsxeval.rules.batch import Batch, BatchFile
from xlsxeval.rules.bounds import listed, quoted
from xlsxeval.rules.checks import check_findings
from xlsxeval.rules.facts import facts_of
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import Rule, workbook_rules
from xlsxeval.rules.settings import apply_settings
from xlsxeval.rules.told_once import agreed, without_consequences
from xlsxeval.rules.verdict import Subject, Verdict


def judge(returned: Returned) -> Verdict:
    """Applies every rule and every check to one file."""
    findings = [finding_of(rule, hit) for rule in workbook_rules() for hit in listed(rule.check(returned))]
    submission = returned.submission
    settings: Settings = {}
    if submission is not None:
        findings = [*without_consequences(findings, submission), *check_findings(submission)]
        settings = submission.identity.settings
    findings = list(apply_settings(findings, settings))
    if submission is not None:
        findings = list(agreed(findings, submission))
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


def judge_batch(
    verdicts: Sequence[Verdict], roster: Mapping[str, str] | None = None, count: int | None = None
) -> Sequence[Verdict]:
    """The verdicts with the findings of the rules over several files, each of which is about a file as a whole.

    Reads all verdicts once, and returns a sequence that reads each again on access. ``count`` limits the batch to the
    first ``count`` verdicts; the rest are passed through.
    """
    batch = Batch([_batch_file(verdict) for verdict in islice(verdicts, count)], roster or {})
    found: dict[int, list[Finding]] = {}
    for rule in workbook_rules():
        if rule.over_batch is not None:
            for number, hit in rule.over_batch(batch):
                found.setdefault(number, []).append(finding_of(rule, hit))
    return lazily(verdicts, lambda number, verdict: _with_more(verdict, found.get(number, [])))


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file, long texts in bounds, those of one rule at one place counted for their fingerprints."""
    seen: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    counted = []
    for finding in quoted(findings):
        place = finding.place
        key = (finding.code, place.sheet, place.field or place.cell, finding.aspect)
        seen[key] += 1
        counted.append(finding if finding.occurrence == seen[key] else replace(finding, occurrence=seen[key]))
    return tuple(counted)


def subject_of(submission: Submission) -> Subject:
    """The unit and the campaign that the seal of a submission states."""
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
    """The finding that a rule's hit becomes."""
    sheet = hit.address.sheet if hit.address else hit.sheet
    return Finding(
        code=rule.code,
        slug=rule.slug,
        severity=hit.severity or rule.severity,
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


def _batch_file(verdict: Verdict) -> BatchFile:
    subject = None if verdict.subject is None else replace(verdict.subject, forms=())
    return BatchFile(written_out(verdict.path), verdict.sha256, subject, verdict.facts)


def _with_more(verdict: Verdict, found: list[Finding]) -> Verdict:
    """A verdict with more findings about the whole file; these come first."""
    if not found:
        return verdict
    settings = {setting.code: setting for setting in verdict.settings}
    added = [*apply_settings(found, settings), *verdict.findings]
    added.sort(key=lambda finding: "~" if finding.place.sheet else finding.code)
    return replace(verdict, findings=numbered(added))
