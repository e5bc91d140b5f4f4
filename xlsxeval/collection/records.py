"""Records the findings in submissions in the ledger: of each alone, and of the parts of a unit together."""

from __future__ import annotations

from xlsxeval.collection.examination import Answers
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.judging.assessment import ArchivedFile
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Conclusion
from xlsxeval.layout.placing import part_names
from xlsxeval.ledger import Queries, SubmissionRecord, Writer
from xlsxeval.model import Finding
from xlsxeval.rules.organiser import of_the_unit
from xlsxeval.rules.verdict import Verdict


class Recorder:
    """Records findings of one campaign's submissions, with its exceptions."""

    def __init__(
        self, campaign: Campaign, edition: Edition, conclude: Conclusion, answers: Answers, basis: Basis
    ) -> None:
        self.campaign = campaign
        self.edition = edition
        self.conclude = conclude
        self.answers = answers
        self.basis = basis
        self._checks = {check.code for form in edition.forms for check in form.checks}

    def judged(self, w: Writer, submission: SubmissionRecord, verdict: Verdict) -> None:
        """Records the findings in a file, without those between files: they depend on which files came."""
        findings = self._concluded(verdict)
        status = "findings" if any(finding.waived is None for finding in findings) else "clean"
        holds = None if verdict.subject is None else verdict.subject.holds
        w.judgement(submission, status, findings, self.basis.judgement(submission.unit), holds)

    def difference(self, r: Queries, old: SubmissionRecord, new: SubmissionRecord) -> str:
        """Differences between two versions in a short line; empty where there are none."""
        return self.answers.difference(archived(r, old), archived(r, new))

    def answered_by(self, r: Queries, submission: SubmissionRecord) -> tuple[str, ...]:
        """The SHA-256 of the files that a submission answers by the campaign's own mark."""
        return self.answers.answered(submission.unit, archived(r, submission))

    def put_together(self, w: Writer, code: str) -> None:
        """Records findings between the parts of a unit, while all are there, with the part whose field they concern.

        Once one of the parts no longer counts, the others keep only their own findings.
        """
        unit = self.campaign.unit(code)
        current = {part: one for (_, part), one in w.current_submissions(code).items() if part}
        if unit is None or not current:
            return
        before = {part: {one.fingerprint: one.code for one in w.findings(one.id)} for part, one in current.items()}
        complete = set(part_names(self.campaign, unit, self.edition)) == current.keys()
        if not complete and not any(self._checks & set(known.values()) for known in before.values()):
            return
        parts = {part: archived(w, one) for part, one in current.items()}
        for part, verdict in self.answers.together(code, parts).items():
            if {one.fingerprint(code) for one in self._concluded(verdict)} != before[part].keys():
                self.judged(w, current[part], verdict)

    def _concluded(self, verdict: Verdict) -> list[Finding]:
        (concluded,) = self.conclude([verdict])
        return list(of_the_unit(concluded).findings)


def archived(r: Queries, submission: SubmissionRecord) -> ArchivedFile:
    """The archived file of a submission, under the name with which it first arrived."""
    name = next(one.name for one in r.receipts(submission.sha256) if one.id == submission.receipt)
    return ArchivedFile(submission.sha256, name)
