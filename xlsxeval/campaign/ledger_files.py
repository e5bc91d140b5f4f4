"""A campaign's ledger and archive for people: the history, exported tables, damaged or missing files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.files import write_new_files
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError

if TYPE_CHECKING:
    from xlsxeval.ledger import Receipt
    from xlsxeval.ledger.history import Chapter


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """Comparison of the archive with the ledger, in which ``received`` different files are on record.

    ``damaged`` are files whose bytes are no longer those that arrived; ``missing`` are receipts, each with the path
    where its content should lie.
    """

    received: int
    damaged: tuple[Path, ...]
    missing: tuple[tuple[Receipt, Path], ...]

    @property
    def is_whole(self) -> bool:
        """Whether every received byte is there."""
        return not self.damaged and not self.missing


def history_of(workspace: Workspace, unit: str | None = None) -> list[Chapter]:
    """The history of the campaign in order, or of one unit. Raises UsageError for a unit that the ledger does not know."""
    from xlsxeval.ledger.history import history

    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        if unit is not None and unit not in r.units() and not r.submissions(unit):
            raise UsageError(f"台账里没有单位「{unit}」。有：{'、'.join(sorted(r.units())) or '（还没有单位）'}。")
        return history(r, unit)


def export_ledger(workspace: Workspace, output: Path, style: str = "csv", *, force: bool = False) -> list[Path]:
    """Writes every table of the ledger as a file into ``output``: csv, json or parquet.

    Raises UsageError where files exist already and ``force`` is off.
    """
    from xlsxeval.ledger.exports import FORMATS

    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        files = {output / f"{one.name}.{style}": FORMATS[style](one) for one in r.extracts()}
    write_new_files(files, force=force)
    return list(files)


def archive_state(workspace: Workspace) -> ArchiveState:
    """Compares every file of the archive with its record in the ledger. Raises StorageError where it cannot be read."""
    archive = workspace.archive
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        receipts = {one.sha256: one for one in r.receipts()}
    damaged = tuple(one.path for one in archive.verify())
    missing = tuple((one, archive.path(sha256)) for sha256, one in receipts.items() if sha256 not in archive)
    return ArchiveState(len(receipts), damaged, missing)


def unlock(workspace: Workspace) -> bool:
    """Releases the ledger from an unfinished run, for a user who knows that the run is over. False where none holds it."""
    with workspace.ledger(make=False) as ledger:
        return ledger.unlock()
