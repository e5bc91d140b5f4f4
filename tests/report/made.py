"""The reports of all samples, each made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from tests.report.conftest import LIBRARY, returned
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.intake.submission import Submission
from xlsxeval.report import report_bytes
from xlsxeval.resources import samples_directory, templates_directory

ALL_SAMPLES = sorted(path.parent.name for path in samples_directory().glob("*/campaign.yaml"))
DIGEST = "0123456789abcdef" * 4


@cache
def sample_submission(name: str) -> Submission:
    campaign, edition = load_campaign(samples_directory() / name, LIBRARY)
    return returned(campaign, campaign.units[0], edition, samples_directory() / name / "values" / "careful.yaml")


@cache
def sample_report(name: str, *, charts: bool = False) -> bytes:
    submission = sample_submission(name)
    report = submission.layout.edition.report
    assert report is not None
    return report_bytes(submission, templates_directory() / "reports" / report, charts=charts, digest=DIGEST)
