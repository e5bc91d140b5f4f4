"""Finds the files that represent the units: those named, those that count by the ledger, or those in 收回."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.files import file_name, write_file
from xlsxeval.campaign.folders import returned_files, workbook_paths
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger, tell_uncollected
from xlsxeval.fault_codes import FaultCode
from xlsxeval.judging.judge import JudgedFile
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.levels import is_export
from xlsxeval.rollup import LeftOut

if TYPE_CHECKING:
    from xlsxeval.archive import Archive
    from xlsxeval.ledger import CollectionStanding


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that counts: its present path, its original path, and its day of arrival."""

    path: Path
    source: str
    day: dt.date

    @property
    def name(self) -> str:
        """The original name of the file."""
        return Path(self.source).name

    def told(self, judged: JudgedFile) -> JudgedFile:
        """The judged file under its original path, by which people know it."""
        return judged._replace(verdict=replace(judged.verdict, path=self.source))


@dataclass(frozen=True, slots=True)
class HeldFiles:
    """Files that represent the units. ``left`` counts the other files in the ledger; None where it was not used."""

    files: Sequence[HeldFile]
    left: LeftOut | None = None

    @property
    def standings(self) -> Mapping[str, UnitStanding] | None:
        """Standings of the units by the ledger; None where the ledger was not used."""
        return None if self.left is None else self.left.units

    @property
    def came(self) -> bool:
        """Whether any unit returned anything."""
        return bool(self.files) or any(unit.came for unit in (self.standings or {}).values())


def what_counts(workspace: Workspace, sources: Sequence[Path], place: Path) -> HeldFiles:
    """The named files; else those that count by the ledger, written below ``place``; else those in 收回, if any.

    Raises UsageError for named paths that do not exist, StorageError for a damaged content of the archive.
    """
    standing = None if sources else collected(workspace)
    if standing is None:
        return lying(workspace, sources)
    return HeldFiles(current_files(standing, workspace.archive, place), left_out(standing))


def lying(workspace: Workspace, sources: Sequence[Path]) -> HeldFiles:
    """The named files, else those in 收回. Raises UsageError for named paths that do not exist."""
    paths = workbook_paths(sources) if sources else returned_files(workspace.campaign)
    if not sources and workspace.campaign.levels:
        exports = [
            path for path in paths if path.suffix.lower() == ".zip" and path.is_file() and is_export(path.read_bytes())
        ]
        if exports:
            workspace.listener.tell(f"{len(exports)} 份下级的上报包还没有收", Step(NextStep.COLLECT))
            paths = [path for path in paths if path not in exports]
    return HeldFiles([_as_it_lies(path) for path in paths])


def collected(workspace: Workspace) -> CollectionStanding | None:
    """The standing of the campaign by its ledger, reported to the listener; None where nothing was collected."""
    if not workspace.has_ledger:
        return None
    with workspace.ledger(make=False) as ledger, ledger.read() as reader:
        known = {receipt.sha256 for receipt in reader.receipts()}
        standing = standing_by_ledger(workspace, reader) if known else None
    if standing is not None:
        workspace.listener.tell(f"按台账里现行的 {len(standing.counting)} 份表")
        tell_uncollected(workspace, known)
    return standing


def _as_it_lies(path: Path) -> HeldFile:
    """A file with its own date, since no other is on record."""
    return HeldFile(path, str(path), dt.date.fromtimestamp(path.lstat().st_mtime))


def left_out(standing: CollectionStanding) -> LeftOut:
    """Counts the files that came but do not count, except for settled ones."""
    strange = sum(one.code == FaultCode.NOT_ON_ROSTER for one in standing.unsettled)
    return LeftOut(standing.units, len(standing.unsettled) - strange, strange, standing.sent_back)


def current_files(standing: CollectionStanding, archive: Archive, folder: Path) -> list[HeldFile]:
    """Writes counting files below ``folder``, by the units' codes. Raises StorageError for damaged content."""
    held = []
    for one in standing.counting:
        path = folder / str(one.receipt.id) / f"{file_name(Path(one.receipt.name).stem)}.xlsx"
        write_file(path, archive.read(one.receipt.sha256))
        held.append(HeldFile(path, one.receipt.source, one.came.astimezone().date()))
    return held
