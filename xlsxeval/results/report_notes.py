"""Reports that were written, noted in the ledger."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.campaign.storage import now
from xlsxeval.judging.basis import file_digest
from xlsxeval.ledger import Ledger
from xlsxeval.rules.verdict import Verdict


def note_report(ledger: Ledger, folder: Path, verdict: Verdict, report: Path, *, by: str, what: str) -> None:
    """A report was written from a return: from which one, where it is one file that was collected.

    Its path is told from the campaign's ``folder`` where it lies inside. Raises StorageError, LedgerBusyError.
    """
    sha256 = file_digest(report)
    assert verdict.subject is not None
    assert sha256 is not None
    code, whole = verdict.subject.code, report.resolve()
    name = whole.relative_to(folder.resolve()) if whole.is_relative_to(folder.resolve()) else whole
    with ledger.write(by, now(), what) as w:
        made_from = next((one for one in w.submissions(code) if one.sha256 == verdict.sha256), None)
        w.report(code, name.as_posix(), sha256, made_from)
