"""A campaign's ledger and archive for people: the history, exported tables, what is damaged, missing or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.digests import file_digest
from xlsxeval.campaign.files import set_aside, write_new_files
from xlsxeval.campaign.folders import SENT, returned_files, uncollected
from xlsxeval.campaign.lost_ledger import holds_anything
from xlsxeval.campaign.storage import ledger_target
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError

if TYPE_CHECKING:
    from xlsxeval.ledger import Receipt
    from xlsxeval.ledger.history import Chapter


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """Ledger, archive and files held against each other; ``received`` different files are on record.

    ``damaged`` are files whose bytes are no longer those that arrived; ``missing`` are receipts, each with the path
    where its content should lie. ``faults`` are what the database's own check finds. ``unrecorded`` lie in the archive
    and no receipt names them. ``changed`` are workbooks in 下发 that are no longer those on record, and ``uncollected``
    is the number of files in 收回 that are not on record: both may be as they should.
    """

    received: int
    damaged: tuple[Path, ...]
    missing: tuple[tuple[Receipt, Path], ...]
    faults: tuple[str, ...] = ()
    unrecorded: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    uncollected: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every received byte is there, and the ledger knows of each."""
        return not (self.damaged or self.missing or self.faults or self.unrecorded)


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
    """Checks the ledger's database, and holds ledger, archive and the campaign's folders against each other.

    Raises StorageError where the archive cannot be read, or the ledger not even be opened.
    """
    archive, folder = workspace.archive, workspace.folder
    with workspace.ledger(make=False) as ledger:
        faults = ledger.integrity()
        if faults:
            return ArchiveState(0, tuple(one.path for one in archive.verify()), (), tuple(faults))
        with ledger.read() as r:
            receipts = {one.sha256: one for one in r.receipts()}
            sent = {one.file_name: one.sha256 for one in r.distributions()}
    damaged = tuple(one.path for one in archive.verify())
    missing = tuple((one, archive.path(sha256)) for sha256, one in receipts.items() if sha256 not in archive)
    unrecorded = tuple(archive.path(sha256) for sha256 in archive if sha256 not in receipts)
    out = ((folder / SENT / name, sha256) for name, sha256 in sorted(sent.items()))
    changed = tuple(path for path, sha256 in out if file_digest(path) not in (None, sha256))
    fresh = uncollected(returned_files(workspace.campaign), set(receipts))
    return ArchiveState(len(receipts), damaged, missing, (), unrecorded, changed, fresh)


def begin_ledger(workspace: Workspace) -> None:
    """Begins a ledger where the old one is lost, for a user who has no backup. An empty file is put beside.

    Raises UsageError where there is a ledger.
    """
    target = ledger_target(workspace.folder, workspace.address)
    if "://" not in str(target):
        path = Path(target)
        if holds_anything(path):
            raise UsageError(f"任务「{workspace.campaign.id}」有台账：{path}，没有另起。")
        if path.exists():
            set_aside(path, b"-")
    with workspace.new_ledger() as ledger, ledger.write(workspace.who, workspace.clock(), "ledger begin") as w:
        w.campaign_version(workspace.campaign, workspace.edition.digest)


def unlock(workspace: Workspace) -> bool:
    """Releases the ledger from an unfinished run, for a user who knows that the run is over. False where none holds it."""
    with workspace.ledger(make=False) as ledger:
        return ledger.unlock()
