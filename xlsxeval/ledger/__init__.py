"""The ledger (台账): what was sent, what came back, what was found and decided, by whom and when. Only ever added to.

For those who use it::

    now = datetime.now(UTC)                                # read by the caller, always with its zone
    with Ledger.open(target, campaign.id, now) as ledger:  # target: Path (SQLite) or "postgresql://…"
        with ledger.run(who, now, "collect"):              # one run at a time, else LedgerBusyError
            with ledger.write(who, now, "collect") as w:   # one transaction: kept whole or not at all
                changed = w.campaign_version(campaign, edition.digest)   # only what changed is written
                w.distribution(unit, part, file_name, sha256, campaign_digest(campaign), edition.digest)
            for file in inbox:                             # one transaction a file, after Archive.store()
                with ledger.write(who, now, "collect") as w:
                    if w.has_receipt(sha256, source): continue
                    receipt = w.receipt(sha256, size, name, source, subject=, sender=, received_at=)
                    w.set_receipt_aside(receipt, "F002", "…")            # nobody's file, or:
                    submission = w.submission(unit, part, sha256, receipt)   # version counted by the ledger
                    w.judgement(submission, verdict.status, verdict.findings)
                    w.accept(submission) | w.supersede(old, by=submission) | w.duplicate(submission, receipt)
                    w.conflict(submission, other) | w.choose(submission, reason) | w.set_aside(submission, code, why)
            with ledger.write(who, now, "report") as w:
                w.report(unit, path, sha256, submission)
        with ledger.read() as r:                           # one moment; a Writer answers the same questions
            collection_standing(r, campaign, edition)      # where every file and every unit stands
            r.current_submission(unit, part), r.current_submissions(), r.open_conflicts()
            r.submissions(unit), r.findings(submission.id), r.last_judgement(submission.id)
            r.receipts(sha256), r.decisions(unit), r.actions(), r.distributions(unit), r.units(), r.reports(unit)
            Excerpt(r, units, receipts)  # the same questions about these alone, without reading what is about others

Errors: StorageError (disk, rights, damage, newer schema), LedgerBusyError (another run). ``part`` is None where a workbook holds
all forms. Nothing here reads the clock or prints.
"""

from xlsxeval.ledger.collection_standing import CollectionStanding, FileStanding, FileState, collection_standing
from xlsxeval.ledger.definition import campaign_digest, settings_digest, unit_digest
from xlsxeval.ledger.engines import HeldEngine, hold
from xlsxeval.ledger.excerpt import Excerpt
from xlsxeval.ledger.ledger import FILE_NAME, Ledger
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.records import (
    Action,
    Decision,
    DecisionKind,
    Distribution,
    Judgement,
    KnownFinding,
    LevelExport,
    Receipt,
    Report,
    ReviewRecord,
    ReviewState,
    SubmissionRecord,
    UnitVersion,
    WaiverLine,
)
from xlsxeval.ledger.standings import PartStanding, UnitPart
from xlsxeval.ledger.writer import Writer, is_set_back

__all__ = [
    "FILE_NAME",
    "Action",
    "CollectionStanding",
    "Decision",
    "DecisionKind",
    "Distribution",
    "Excerpt",
    "FileStanding",
    "FileState",
    "HeldEngine",
    "Judgement",
    "KnownFinding",
    "Ledger",
    "LevelExport",
    "PartStanding",
    "Queries",
    "Receipt",
    "Report",
    "ReviewRecord",
    "ReviewState",
    "SubmissionRecord",
    "UnitPart",
    "UnitVersion",
    "WaiverLine",
    "Writer",
    "campaign_digest",
    "collection_standing",
    "hold",
    "is_set_back",
    "settings_digest",
    "unit_digest",
]
