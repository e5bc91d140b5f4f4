"""What the tests write into a ledger."""

from __future__ import annotations

import datetime as dt
import hashlib

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.ledger import SubmissionRecord, Writer
from xlsxeval.model import Finding, Place, Severity, Waiver

CAMPAIGN = "zhuzhou-2024"
NOON = dt.datetime(2025, 3, 1, 12, 0, tzinfo=dt.UTC)
WHO = "王会计"


def later(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def campaign(*units: Unit, year: int = 2024) -> Campaign:
    return Campaign(CAMPAIGN, "hunan-2024", year, "某某局", dt.date(2025, 3, 31), units)


def unit(code: str, name: str) -> Unit:
    return Unit(code, name, (), {})


def arrive(w: Writer, content: str, source: str = "收回/表.xlsx") -> int:
    return w.receipt(sha(content), len(content), source.rpartition("/")[2], source)


def submit(w: Writer, content: str, code: str = "001", part: str | None = None) -> SubmissionRecord:
    """A content that arrived and was recognised as a unit's."""
    return w.submission(code, part, sha(content), arrive(w, content, f"收回/{content}.xlsx"))


def finding(cell: str = "G4", *, waiver: Waiver | None = None) -> Finding:
    return Finding(
        code="L104",
        slug="rate",
        severity=Severity.ERROR,
        message="执行率不对",
        fix="请改",
        basis="[表]",
        place=Place("附件2", cell, "funds.rate"),
        shown="=1+1",
        expected="98.00%",
        waived=waiver,
    )
