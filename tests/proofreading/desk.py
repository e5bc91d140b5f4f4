"""The samples' reports, made once, and what is told of a report after an edit."""

from __future__ import annotations

from functools import cache

from tests.report.conftest import LIBRARY, returned
from tests.support.reports import edited
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Finding
from xlsxeval.proofreading import FreshReport, Proof, read_document
from xlsxeval.report import report_bytes
from xlsxeval.resources import samples_directory, templates_directory
from xlsxeval.results.fresh_report import made_afresh
from xlsxeval.rules.documents import judge_document
from xlsxeval.rules.verdict import Verdict

SAMPLES = sorted(path.parent.name for path in samples_directory().glob("*/campaign.yaml"))


@cache
def submission(sample: str) -> Submission:
    campaign, edition = load_campaign(samples_directory() / sample, LIBRARY)
    values = samples_directory() / sample / "values" / "careful.yaml"
    return returned(campaign, campaign.units[0], edition, values)


@cache
def report(sample: str) -> bytes:
    own = submission(sample)
    return report_bytes(own, templates_directory() / "reports" / str(own.layout.edition.report))


@cache
def reference(sample: str) -> FreshReport:
    return made_afresh(submission(sample), templates_directory())


def proof(sample: str, data: bytes) -> Proof:
    return Proof("报告.docx", "0" * 64, (), read_document(data), reference(sample))


def verdict(sample: str, data: bytes) -> Verdict:
    return judge_document(proof(sample, data))


def news(sample: str, **edits: object) -> list[Finding]:
    """What an edit brings that was not told of the report as it was made."""
    before = {told(finding) for finding in verdict(sample, report(sample)).findings}
    found = verdict(sample, edited(report(sample), edits)).findings
    return [finding for finding in found if told(finding) not in before]


def told(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.place, finding.shown, finding.message)
