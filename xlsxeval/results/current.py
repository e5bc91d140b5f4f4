"""Which files speak for the units: those named, those that count by the ledger, or those in 收回."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.files import file_name, write_file
from xlsxeval.campaign.folders import RETURNED, returned_files, uncollected, workbook_paths
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.judging.judge import JudgedFile

if TYPE_CHECKING:
    from xlsxeval.archive import Archive
    from xlsxeval.ledger import Queries


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file that counts: where it lies for now, where it lay when it came, and on which day that was."""

    path: Path
    source: str
    day: dt.date

    @property
    def name(self) -> str:
        """The file's own name when it came."""
        return Path(self.source).name

    def told(self, judged: JudgedFile) -> JudgedFile:
        """Its verdict under the name by which people know the file."""
        return judged._replace(verdict=replace(judged.verdict, path=self.source))


def what_counts(workspace: Workspace, sources: Sequence[Path], place: Path) -> list[HeldFile]:
    """The files named; else what counts by the ledger, written below ``place``; else what lies in 收回, if anything.

    Raises UsageError for named paths that do not exist, StorageError for a damaged content of the archive.
    """
    if sources:
        return [_as_it_lies(path) for path in workbook_paths(sources)]
    return _collected(workspace, place) or [_as_it_lies(path) for path in returned_files(workspace.campaign)]


def _as_it_lies(path: Path) -> HeldFile:
    """A file with its own date, as nobody has recorded another."""
    return HeldFile(path, str(path), dt.date.fromtimestamp(path.lstat().st_mtime))


def _collected(workspace: Workspace, place: Path) -> list[HeldFile]:
    """What counts of every unit by the campaign's ledger; nothing where nothing was collected."""
    if not workspace.has_ledger:
        return []
    with workspace.ledger(make=False) as ledger, ledger.read() as reader:
        held = current_files(reader, workspace.archive, place)
        known = {receipt.sha256 for receipt in reader.receipts()}
    if held:
        workspace.listener.tell(f"按台账里现行的 {len(held)} 份表")
        fresh = uncollected(returned_files(workspace.campaign), known)
        if fresh:
            message = f"“{RETURNED}”里还有 {fresh} 份没有收进台账，没有算在内"
            workspace.listener.tell(message, Step(NextStep.COLLECT, fresh))
    return held


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What came and counts for nothing yet: units of which somebody must choose a file, and how many files are nobody's."""

    waiting: frozenset[str] = frozenset()
    aside: int = 0


def left_out(r: Queries) -> LeftOut:
    """The same by the ledger."""
    last = {one.receipt: one for one in r.decisions() if one.receipt is not None}
    placed = {one.receipt for one in r.submissions()}
    aside = [one for one in last.values() if one.submission is None and one.receipt not in placed]
    return LeftOut(frozenset(unit for unit, _ in r.open_conflicts()), len(aside))


def left_out_of(workspace: Workspace) -> LeftOut:
    """What came to a campaign and counts for nothing yet; nothing where nothing was collected."""
    if not workspace.has_ledger:
        return LeftOut()
    with workspace.ledger(make=False) as ledger, ledger.read() as reader:
        return left_out(reader)


def current_files(r: Queries, archive: Archive, folder: Path) -> list[HeldFile]:
    """Writes what counts below ``folder``, in the order of the units' codes. Raises StorageError for a damaged content."""
    receipts = {one.id: one for one in r.receipts()}
    moments = {action.id: action.at for action in r.actions()}
    held = []
    for submission in sorted(r.current_submissions().values(), key=lambda one: (one.unit, one.part or "")):
        receipt = receipts[submission.receipt]
        came = receipt.received_at or moments[receipt.action]
        path = folder / str(submission.id) / f"{file_name(Path(receipt.name).stem)}.xlsx"
        write_file(path, archive.read(submission.sha256))
        held.append(HeldFile(path, receipt.source, came.astimezone().date()))
    return held
