"""All rules over an edited report → its findings, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Finding
from xlsxeval.narrative import Passage, statements
from xlsxeval.narrative.passage import is_heading
from xlsxeval.proofreading import Line, Proof
from xlsxeval.proofreading.wording import plain
from xlsxeval.rules.engine import Verdict, finding_of, numbered, subject_of
from xlsxeval.rules.prose import NARRATIVE, Prose, Section, prose, setting_of
from xlsxeval.rules.registry import rules
from xlsxeval.rules.settings import apply_settings

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
    texts = (_report_prose(proof, submission),)
    findings += [
        finding_of(rule, hit) for rule in rules() if rule.over_texts for hit in rule.over_texts(submission, texts)
    ]
    settings = submission.identity.settings
    findings = list(apply_settings(_once(findings), settings))
    findings.sort(key=lambda finding: _order(proof, finding))
    subject = replace(subject_of(submission), forms=tuple(dict.fromkeys(part.name for part in proof.edited)))
    return Verdict(proof.path, proof.sha256, subject, numbered(findings), settings=tuple(settings.values()))


def _report_prose(proof: Proof, submission: Submission) -> Prose:
    """The chapters of the report with the claims of the form that its prose came from.

    The chapters' headings are a text of their own, and so is what stands below each: so both count on.
    """
    chapters = [part.lines for part in proof.edited[1:] if not part.attachment]
    fields = _fields(submission)
    texts = [_section(proof, fields, [lines[0] for lines in chapters], "")]
    texts += [_section(proof, fields, lines[1:], lines[0].text) for lines in chapters]
    sections = tuple(text for text in texts if text.passages)
    passages = [passage for section in sections for passage in section.passages]
    claims = next((text.claims for text in prose(submission) if text.form == NARRATIVE), ())
    setting = setting_of(submission)
    return Prose(NARRATIVE, setting, claims, sections, tuple(statements(passages, claims, setting)))


def _section(proof: Proof, fields: Mapping[str, str], lines: Sequence[Line], heading: str) -> Section:
    """Paragraphs as one text, each with the field that it came from."""
    passages: list[Passage] = []
    start = 0
    for line in lines:
        origin = proof.texts.origin.get(line.place)
        field = fields.get(plain(origin.text), "") if origin is not None else ""
        passages.append(Passage(line.text, line.place, field, heading, start))
        start += len(line.text) + 1
        if line.level or is_heading(line.text):
            heading = line.text.strip()
    return Section(None, "\n".join(line.text for line in lines), tuple(passages))


def _fields(submission: Submission) -> dict[str, str]:
    """Which field of the form a paragraph comes from, by its words."""
    sections = [section for text in prose(submission) for section in text.sections if text.form == NARRATIVE]
    return {plain(passage.text): section.field for section in sections for passage in section.passages}


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
