"""What a campaign hands up to the office above it: its 汇总 as data, signed, with the workbooks and exports that count."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from xlsxeval import __version__
from xlsxeval.campaign.folders import sent_files
from xlsxeval.campaign.signing_key import signing_key
from xlsxeval.campaign.storage import open_archive, open_ledger
from xlsxeval.collection.lower_levels import LevelState, level_states
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.levels import SCHEMA, Export, FileRef, Lower, pack, totals_of
from xlsxeval.results.current import current_files, left_out
from xlsxeval.results.handed_units import Counting, units_of
from xlsxeval.results.summary import summary_of

if TYPE_CHECKING:
    from xlsxeval.ledger import Queries


def submit(
    path: Path,
    campaign: Campaign,
    edition: Edition,
    templates: Library,
    *,
    now: dt.datetime,
    workbooks: bool = True,
    address: str | None = None,
    jobs: int = 1,
) -> tuple[Export, bytes]:
    """What counts by the ledger, and the signed file of it.

    Raises UsageError where nothing was collected yet; StorageError where the archive or the ledger cannot be read.
    """
    from xlsxeval.ledger import campaign_digest  # SQLAlchemy only where it is needed

    assert campaign.directory is not None
    archive = open_archive(campaign)
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        with open_ledger(campaign, address, make=False) as ledger, ledger.read() as r:
            held = current_files(r, archive, Path(place))
            counting, states, left = _counting(r, campaign), level_states(r, campaign), left_out(r)
        if not held and not any(state.current for state in states):
            raise UsageError(f"任务「{campaign.id}」还没有收到算数的表，没有可以上报的。先运行 xlsxeval collect。")
        summary = summary_of(campaign, edition, templates, path, held, now.astimezone().date(), jobs, left)
    units = tuple(units_of(summary, counting))
    own = totals_of(units)
    below = [state.standing.total for state in states if state.standing is not None]
    export = Export(
        schema=SCHEMA,
        campaign=campaign.id,
        year=campaign.year,
        edition=campaign.edition,
        edition_digest=edition.digest,
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
    return export, pack(export, signing_key(campaign.directory), map(archive.read, books), map(archive.read, exports))


def _lower(state: LevelState) -> Lower:
    """A level with its export as it came: what the level signed is handed on unchanged."""
    current, level = state.current, state.level
    if current is None:
        return Lower(level.code, level.name, level.key)
    return Lower(level.code, level.name, current.key, current.sha256)


def _counting(r: Queries, campaign: Campaign) -> Counting:
    names = {one.id: one.name for one in r.receipts()}
    files: dict[str, list[FileRef]] = {}
    for (code, part), one in sorted(r.current_submissions().items(), key=lambda item: (item[0][0], item[0][1] or "")):
        files.setdefault(code, []).append(FileRef(one.sha256, names[one.receipt][:500], part))
    made = {one.unit for one in r.distributions()}
    sent = {unit.code for unit in campaign.units if unit.code in made or sent_files(campaign, unit)}
    return Counting(files, sent, {code for code, _ in r.open_conflicts()})
