"""All rules about edited reports, applied to one report: the findings in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Finding
from xlsxeval.proofreading import Proof
from xlsxeval.proofreading.plain_text import plain
from xlsxeval.rules.bounds import listed
from xlsxeval.rules.engine import finding_of, numbered, subject_of
from xlsxeval.rules.prose import Prose
from xlsxeval.rules.registry import rules
from xlsxeval.rules.report_prose import report_prose
from xlsxeval.rules.settings import apply_settings
from xlsxeval.rules.verdict import Verdict

_OF_FIGURES = frozenset(
    {
        FaultCode.TEXT_DIFFERS_FROM_FIELD,
        FaultCode.TEXT_MAY_DIFFER_FROM_FIELD,
        FaultCode.ARITHMETIC_IN_THE_TEXT,
        FaultCode.TEXT_CONTRADICTS_ITSELF,
    }
)
"""Rules whose finding about a figure makes the finding that it was edited superfluous."""


def judge_document(proof: Proof) -> Verdict:
    """Applies the rules about documents, and the rules about prose to the text of the report."""
    reference = proof.reference
    faults = {fault.code for fault in proof.faults}
    about = [rule for rule in rules() if rule.over_document is not None and (reference or rule.code in faults)]
    findings = [
        finding_of(rule, hit) for rule in about if rule.over_document for hit in listed(rule.over_document(proof))
    ]
    if reference is None:
        return Verdict(proof.path, proof.sha256, None, numbered(findings))
    submission = reference.submission
    findings += _about_prose(proof, submission)
    settings = submission.identity.settings
    findings = list(apply_settings(_once(findings), settings))
    findings.sort(key=lambda finding: _order(proof, finding))
    subject = replace(subject_of(submission), forms=tuple(dict.fromkeys(part.name for part in proof.edited)))
    return Verdict(proof.path, proof.sha256, subject, numbered(findings), settings=tuple(settings.values()))


def _about_prose(proof: Proof, submission: Submission) -> Iterator[Finding]:
    """The findings of the rules about prose, without those that the template's own sentences give.

    The template makes these sentences from fields, so their faults do not come from an edit.
    """
    made = report_prose(proof.fresh, submission, {})
    typed = {passage.place for passage in made.passages if passage.section}
    templates = {_identity(one) for one in _found(submission, made) if one.place not in typed}
    edited = report_prose(proof.edited, submission, proof.texts.origin)
    yield from (one for one in _found(submission, edited) if _identity(one) not in templates)


def _found(submission: Submission, text: Prose) -> Iterator[Finding]:
    for rule in rules():
        if rule.over_texts is not None:
            yield from (finding_of(rule, hit) for hit in listed(rule.over_texts(submission, (text,))))


def _identity(finding: Finding) -> tuple[str, str | None, str]:
    return finding.code, finding.shown, finding.message


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without REPORT_FIGURE_EDITED at figures for which a rule states the right value."""
    told = {(finding.place, finding.shown) for finding in findings if finding.code in _OF_FIGURES}
    for finding in findings:
        if finding.code != FaultCode.REPORT_FIGURE_EDITED or not any(
            finding.place == place and shown is not None and plain(shown) == plain(finding.shown or "")
            for place, shown in told
        ):
            yield finding


def _order(proof: Proof, finding: Finding) -> tuple[int, int, str]:
    part = proof.order.get(finding.place.sheet, -1) if finding.place.sheet is not None else -1
    return part, proof.spot(finding.place), finding.code
