"""What was found in submissions, kept in the ledger: of each alone, and of the parts of a unit together."""

from __future__ import annotations

from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.judging.assessment import ArchivedFile, Assessor
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Conclusion, JudgedFile
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.ledger import Queries, SubmissionRecord, Writer
from xlsxeval.model import Finding
from xlsxeval.rules.engine import Verdict
from xlsxeval.rules.organiser import of_the_unit


class Recorder:
    """Keeps findings of one campaign's submissions, with its exceptions on record."""

    def __init__(
        self, campaign: Campaign, edition: Edition, conclude: Conclusion, assessor: Assessor, basis: Basis
    ) -> None:
        self.campaign = campaign
        self.edition = edition
        self.conclude = conclude
        self.assessor = assessor
        self.basis = basis

    def judged(self, w: Writer, submission: SubmissionRecord, verdict: Verdict) -> None:
        """Keeps what was found in a file; what files together tell depends on which came, and is not kept."""
        findings = self._concluded(verdict)
        status = "findings" if any(finding.waived is None for finding in findings) else "clean"
        holds = None if verdict.subject is None else verdict.subject.holds
        w.judgement(submission, status, findings, self.basis.judgement(submission.unit), holds)

    def read(self, r: Queries, submission: SubmissionRecord) -> JudgedFile:
        """A submission read again from the archive, under the name with which it first arrived."""
        name = next(one.name for one in r.receipts(submission.sha256) if one.id == submission.receipt)
        return self.assessor.read(ArchivedFile(submission.sha256, name))

    def put_together(self, w: Writer, code: str) -> None:
        """Keeps what the parts of a unit show only together, while all are there, with the part whose field it is about.

        Once one of them no longer counts, each of the others is what it is alone.
        """
        unit = self.campaign.unit(code)
        current = {part: one for (whose, part), one in w.current_submissions().items() if whose == code and part}
        if unit is None or not current:
            return
        whole = build_layout(self.campaign, unit, self.edition, shapes=self.assessor.judge.shapes)
        before = {part: {one.fingerprint: one.code for one in w.findings(one.id)} for part, one in current.items()}
        complete = set(parts_of(whole)) == current.keys()
        checks = {placed.check.code for placed in whole.checks}
        if not complete and not any(checks & set(known.values()) for known in before.values()):
            return
        from xlsxeval.judging.assembly import assembled, between  # XlsxWriter only where a workbook is written

        parts = {part: self.read(w, one) for part, one in current.items()}
        found = {part: judged.verdict for part, judged in parts.items()}
        together = assembled(self.assessor.judge, whole, parts) if complete else None
        if together is not None:
            found = between(whole, together.verdict, found)
        for part, verdict in found.items():
            if {one.fingerprint(code) for one in self._concluded(verdict)} != before[part].keys():
                self.judged(w, current[part], verdict)

    def _concluded(self, verdict: Verdict) -> list[Finding]:
        (concluded,) = self.conclude([verdict])
        return list(of_the_unit(concluded).findings)
