"""Export of a campaign for the level above: its 汇总 as data, signed, with the counting workbooks and exports."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from xlsxeval import __version__
from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.folders import RESULTS, sent_files
from xlsxeval.campaign.signing_key import signing_key
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.lower_levels import LevelState, level_states
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.levels import SCHEMA, Export, FileRef, Lower, pack, totals_of
from xlsxeval.results.current import HeldFiles, current_files, left_out
from xlsxeval.results.handed_units import Counting, units_of
from xlsxeval.results.summary import summary_of

if TYPE_CHECKING:
    from xlsxeval.ledger import CollectionStanding, Queries


_WHAT = "submit"


@dataclass(frozen=True, slots=True)
class HandedExport:
    """A written export; ``aside`` is the new name of an earlier one."""

    export: Export
    path: Path
    aside: Path | None = None


def submit(workspace: Workspace, output: Path | None = None, *, workbooks: bool = True, jobs: int = 1) -> HandedExport:
    """Writes the signed export of counting files, by default into 结果, and records it in the ledger.

    ``workbooks``: includes the units' returned files. Raises UsageError where nothing was collected yet, or the name
    does not end in .zip; StorageError where archive or ledger cannot be read.
    """
    path = output or workspace.folder / RESULTS / f"上报-{file_name(workspace.campaign.id)}.zip"
    if path.suffix.lower() != ".zip":
        raise UsageError(f"{path} 不是 .zip 文件名。请写成 上报.zip 这样的名字。")
    at = workspace.clock()
    export, data = export_of(workspace, at, workbooks=workbooks, jobs=jobs)
    aside = set_aside(path, data)
    write_file(path, data)
    with workspace.ledger() as ledger, ledger.write(workspace.who, at, _WHAT) as w:
        w.report("", str(path), hashlib.sha256(data).hexdigest())
    return HandedExport(export, path, aside)


def export_of(workspace: Workspace, now: dt.datetime, *, workbooks: bool = True, jobs: int = 1) -> tuple[Export, bytes]:
    """The export of files that count by the ledger, made ``now``, and its signed file.

    Raises UsageError where nothing was collected yet; StorageError where the archive or the ledger cannot be read.
    """
    from xlsxeval.ledger import campaign_digest  # SQLAlchemy only where it is needed

    campaign, archive = workspace.campaign, workspace.archive
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        with workspace.ledger(make=False) as ledger, ledger.read() as r:
            standing = standing_by_ledger(workspace, r)
            held = current_files(standing, archive, Path(place))
            counting, states = _counting(r, campaign, standing), level_states(r, campaign)
        if not held and not any(state.current for state in states):
            raise UsageError(f"任务「{campaign.id}」还没有收到算数的表，没有可以上报的。先运行 xlsxeval collect。")
        summary = summary_of(workspace, HeldFiles(held, left_out(standing)), now.astimezone().date(), jobs)
    units = tuple(units_of(summary, counting))
    own = totals_of(units)
    below = [state.standing.total for state in states if state.standing is not None]
    export = Export(
        schema=SCHEMA,
        campaign=campaign.id,
        year=campaign.year,
        edition=campaign.edition,
        edition_digest=workspace.edition.digest,
        digest=campaign_digest(campaign),
        department=campaign.department,
        made=now,
        program=__version__,
        workbooks=workbooks,
        money=tuple(column.label for column in summary.definition.money),
        units=units,
        own=own,
        lower=tuple(map(_lower, states)),
        total=sum(below, own),
    )
    books = sorted({file.sha256 for file in export.files}) if workbooks else []
    exports = [state.current.sha256 for state in states if state.current is not None]
    return export, pack(export, signing_key(workspace.folder), map(archive.read, books), map(archive.read, exports))


def _lower(state: LevelState) -> Lower:
    """A level with its export as it arrived: signed content is passed on unchanged."""
    current, level = state.current, state.level
    if current is None:
        return Lower(level.code, level.name, level.key)
    return Lower(level.code, level.name, current.key, current.sha256)


def _counting(r: Queries, campaign: Campaign, standing: CollectionStanding) -> Counting:
    files: dict[str, list[FileRef]] = {}
    for one in standing.counting:
        files.setdefault(one.unit or "", []).append(FileRef(one.receipt.sha256, one.receipt.name[:500], one.part))
    made = {one.unit for one in r.distributions()}
    sent = {unit.code for unit in campaign.units if unit.code in made or sent_files(campaign, unit)}
    return Counting(files, sent)
