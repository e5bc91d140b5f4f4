"""Records in the ledger that a report was written."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.campaign.digests import file_digest
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.durable import real
from xlsxeval.ledger import Ledger
from xlsxeval.rules.verdict import Verdict


def note_report(workspace: Workspace, ledger: Ledger, verdict: Verdict, report: Path, what: str) -> None:
    """Records that a report was written, and the collected return that it was made from, if any.

    Its path is relative to the campaign's folder where it lies inside. Raises StorageError, LedgerBusyError.
    """
    sha256 = file_digest(report)
    assert verdict.subject is not None
    assert sha256 is not None
    folder = workspace.folder
    code, whole = verdict.subject.code, real(report)
    name = whole.relative_to(real(folder)) if whole.is_relative_to(real(folder)) else whole
    with ledger.write(workspace.who, workspace.clock(), what) as w:
        made_from = next((one for one in w.submissions(code) if one.sha256 == verdict.sha256), None)
        w.report(code, name.as_posix(), sha256, made_from)
