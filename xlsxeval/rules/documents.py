"""All rules over an edited report → its findings, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Finding
from xlsxeval.proofreading import Proof
from xlsxeval.proofreading.plain_text import plain
from xlsxeval.rules.engine import finding_of, numbered, subject_of
from xlsxeval.rules.prose import Prose
from xlsxeval.rules.registry import rules
from xlsxeval.rules.report_prose import report_prose
from xlsxeval.rules.settings import apply_settings
from xlsxeval.rules.verdict import Verdict

_EDITED = "N128"
_OF_FIGURES = frozenset({"N101", "N102", "N104"})
"""Rules that say more of a changed figure than that it was changed."""


def judge_document(proof: Proof) -> Verdict:
    """Applies the rules about documents, and those about prose to the report's own text."""
    reference = proof.reference
    faults = {fault.code for fault in proof.faults}
    about = [rule for rule in rules() if rule.over_document is not None and (reference or rule.code in faults)]
    findings = [finding_of(rule, hit) for rule in about if rule.over_document for hit in rule.over_document(proof)]
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
    """What the rules about prose find in the report, save what they find in the template's own sentences as well.

    Those sentences are made of fields: what can be said of them is nothing that an edit did.
    """
    made = report_prose(proof.fresh, submission, {})
    typed = {passage.place for passage in made.passages if passage.section}
    templates = {_told(one) for one in _found(submission, made) if one.place not in typed}
    edited = report_prose(proof.edited, submission, proof.texts.origin)
    yield from (one for one in _found(submission, edited) if _told(one) not in templates)


def _found(submission: Submission, text: Prose) -> Iterator[Finding]:
    for rule in rules():
        if rule.over_texts is not None:
            yield from (finding_of(rule, hit) for hit in rule.over_texts(submission, (text,)))


def _told(finding: Finding) -> tuple[str, str | None, str]:
    return finding.code, finding.shown, finding.message


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without figures told twice: where a rule says what a figure should be, that it was edited is less."""
    told = {(finding.place, finding.shown) for finding in findings if finding.code in _OF_FIGURES}
    for finding in findings:
        if finding.code != _EDITED or not any(
            finding.place == place and shown is not None and plain(shown) == plain(finding.shown or "")
            for place, shown in told
        ):
            yield finding


def _order(proof: Proof, finding: Finding) -> tuple[int, int, str]:
    part = proof.order.get(finding.place.sheet, -1) if finding.place.sheet is not None else -1
    return part, proof.spot(finding.place), finding.code
