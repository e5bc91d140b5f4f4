"""What counts of every unit, taken out of the archive as files that have the names under which they came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.archive import Archive
from xlsxeval.cli.console import file_name, write_file
from xlsxeval.ledger import Queries


@dataclass(frozen=True, slots=True)
class Held:
    """One file that counts: where it lies for now, where it lay when it came, and on which day that was."""

    path: Path
    source: str
    day: dt.date


def current_files(r: Queries, archive: Archive, folder: Path) -> list[Held]:
    """Writes what counts below ``folder``, in the order of the units' codes. Raises StorageError for a damaged content."""
    receipts = {one.id: one for one in r.receipts()}
    moments = {action.id: action.at for action in r.actions()}
    held = []
    for submission in sorted(r.current_submissions().values(), key=lambda one: (one.unit, one.part or "")):
        receipt = receipts[submission.receipt]
        came = receipt.received_at or moments[receipt.action]
        path = folder / str(submission.id) / f"{file_name(Path(receipt.name).stem)}.xlsx"
        write_file(path, archive.read(submission.sha256))
        held.append(Held(path, receipt.source, came.astimezone().date()))
    return held
