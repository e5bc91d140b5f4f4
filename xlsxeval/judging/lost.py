"""Verdicts on files whose judging did not finish."""

from __future__ import annotations

import hashlib
from pathlib import Path

from xlsxeval.campaign.bounds import LOST_CODES
from xlsxeval.intake.reader import Rejected, read_file
from xlsxeval.intake.submission import Returned
from xlsxeval.limits import Limits
from xlsxeval.model import Fault
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost


def is_lost(verdict: Verdict) -> bool:
    """Whether the judging of a file did not finish. It may finish another time, or with other bounds."""
    return verdict.subject is None and any(finding.code in LOST_CODES.values() for finding in verdict.findings)


def lost_verdict(name: str, sha256: str, size: int, lost: Lost) -> Verdict:
    """The verdict on a file whose judging did not finish: one finding with the reason."""
    return judge(Returned(name, sha256, size, (Fault(LOST_CODES[lost.why], lost.detail),)))


def lost_file(path: Path, lost: Lost, limits: Limits) -> Verdict:
    """The verdict on a file on the disk whose judging did not finish, with the file's size and digest."""
    try:
        data = read_file(path, limits)
    except Rejected:
        return lost_verdict(str(path), "", 0, lost)
    return lost_verdict(str(path), hashlib.sha256(data).hexdigest(), len(data), lost)
