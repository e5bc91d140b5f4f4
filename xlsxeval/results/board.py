"""The state of a campaign as ``status`` and ``remind`` need it: from its ledger, else from the files that came back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.board import BoardLine, CampaignState, Desk, SheetPoints, figures_of, from_ledger, from_verdicts
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.folders import RETURNED, SENT, tables_in
from xlsxeval.campaign.storage import has_ledger, open_archive, open_ledger
from xlsxeval.campaign.workbooks import distribution_name, open_campaign
from xlsxeval.cli.console import file_name, progress, say
from xlsxeval.collection.lower_levels import level_states, lower_lines, lower_of
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion, Judge, UsesJudge
from xlsxeval.parcels import ARROW, archive_suffixes
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import each

if TYPE_CHECKING:
    from xlsxeval.ledger import Queries, Receipt
    from xlsxeval.rollup import LowerLine


@dataclass(frozen=True, slots=True)
class CampaignStanding:
    """The state, the campaign that it is of, and where the bytes of each received content lie, by SHA-256."""

    state: CampaignState
    campaign: Campaign
    judge: Judge
    contents: Mapping[str, Path]


def standing_of(path: Path, templates: Library, address: str | None, today: dt.date, jobs: int = 1) -> CampaignStanding:
    """How the campaign stands. Without a ledger the files in 收回 are judged, which takes its time."""
    campaign, edition = open_campaign(path, templates)
    judge = Judge(templates.directory, path)
    returned = returned_files(campaign)
    sent = {unit.code for unit in campaign.units if sent_files(campaign, unit)}
    known = _folder(campaign, SENT).is_dir()
    if has_ledger(campaign, address):
        with open_ledger(campaign, address, make=False) as ledger, ledger.read() as reader:
            receipts = reader.receipts()
            made = {one.unit for one in reader.distributions()}
            desk = Desk(campaign, edition, today, sent | made if known or made else None)
            if receipts or not returned:
                waived = load_register(_folder(campaign)).waived
                new = uncollected(returned, {one.sha256 for one in receipts})
                state = from_ledger(desk, reader, waived, uncollected=new, gone=_gone(campaign, receipts))
                from xlsxeval.collection.form_changes import form_changes
                from xlsxeval.collection.rejudged import stale
                from xlsxeval.judging.basis import Basis  # SQLAlchemy only where there is a ledger

                old = stale(reader, campaign, Basis(campaign, templates))
                if old:
                    say(
                        f"注意：台账里有 {old} 份表是按以前的程序、表样或任务核对的。先运行 xlsxeval collect {path}，再看。"
                    )
                lacking = {one.code: one.missing for one in state.units if any(not slot.part for slot in one.slots)}
                changes = form_changes(reader, campaign, edition, judge.shapes, lacking)
                units = (replace(unit, form_changes=changes.get(unit.code, ())) for unit in state.units)
                state = replace(state, stale=old, levels=_levels(reader, campaign), units=tuple(units))
                archive = open_archive(campaign)
                hashes = (file.sha256 for unit in state.units for slot in unit.slots if (file := slot.current))
                return CampaignStanding(state, campaign, judge, {one: archive.path(one) for one in hashes})
    else:
        desk = Desk(campaign, edition, today, sent if known else None)
    conclude = Conclusion(campaign)
    verdicts = conclude(list(progress(each(judge, returned, jobs), len(returned), "核对")))
    days = {str(file): dt.date.fromtimestamp(file.stat().st_mtime) for file in returned}
    state = replace(from_verdicts(desk, verdicts, days), levels=lower_of(campaign, address))
    return CampaignStanding(state, campaign, judge, {one.sha256: Path(one.path) for one in verdicts if one.subject})


def _gone(campaign: Campaign, receipts: Sequence[Receipt]) -> set[int]:
    """The receipts whose files, or the parcels that these were in, somebody took away from where they came from.

    Of a folder that is not there itself (a stick that was pulled out) nobody can say that.
    """
    paths = {one.id: _folder(campaign) / one.source.partition(ARROW)[0] for one in receipts}
    there = {path: path.exists() or not path.parent.is_dir() for path in set(paths.values())}
    return {number for number, path in paths.items() if not there[path]}


def _levels(r: Queries, campaign: Campaign) -> tuple[LowerLine, ...]:
    return tuple(lower_lines(level_states(r, campaign)))


def with_figures(standing: CampaignStanding, jobs: int = 1) -> CampaignState:
    """The state with the points and rates of what counts, recomputed from the files."""
    held = [
        (unit.code, standing.contents[slot.current.sha256])
        for unit in standing.state.units
        for slot in unit.slots
        if slot.current is not None and slot.current.sha256 in standing.contents
    ]
    gone = [path for _, path in held if not path.is_file()]
    if gone:
        say(f"{len(gone)} 份存下的原件不见了，得分没有算：{gone[0]} 等。请从备份恢复。")
    held = [one for one in held if one[1].is_file()]
    paths = [path for _, path in held]
    found: dict[str, tuple[SheetPoints, ...]] = {}
    scored = progress(each(_Scored(standing.judge), paths, jobs), len(paths), "算分")
    for (code, _), figures in zip(held, scored, strict=True):
        found[code] = (*found.get(code, ()), *figures)
    units = tuple(replace(unit, figures=found.get(unit.code, ())) for unit in standing.state.units)
    return replace(standing.state, units=units)


def sent_files(campaign: Campaign, unit: Unit) -> list[Path]:
    """What lies in 下发 for a unit: its workbook, its archive, or the workbooks of its parts."""
    folder, name = _folder(campaign, SENT), distribution_name(campaign, unit)
    whole = [path for suffix in (".xlsx", ".zip") if (path := folder / f"{name}{suffix}").is_file()]
    return whole or sorted((folder / name).glob("*.xlsx"))


def missing_files(campaign: Campaign, unit: BoardLine) -> list[Path]:
    """Of what lies in 下发 for a unit, the workbooks of what did not come; where parts are told apart, only those.

    None where they are no longer today's: the unit needs new ones.
    """
    own = campaign.unit(unit.code)
    if own is None or not unit.missing or unit.form_changes:
        return []
    files = sent_files(campaign, own)
    by_name = {path.name: path for path in files}
    names = (f"{distribution_name(campaign, own)} {file_name(sheet)}.xlsx" for sheet in unit.missing)
    return [by_name[name] for name in names if name in by_name] or files


class _Scored(UsesJudge):
    """Reads one file's figures after another. Its judge travels light to another process."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, path: Path) -> tuple[SheetPoints, ...]:
        returned = self.judge.open(path)
        return figures_of(returned.submission) if returned.submission is not None else ()

    def lost(self, path: Path, lost: Lost) -> tuple[SheetPoints, ...]:
        say(f"{path.name}：{lost.detail}，得分没有算。")
        return ()


def _folder(campaign: Campaign, name: str = "") -> Path:
    if campaign.directory is None:
        raise UsageError(f"任务「{campaign.id}」没有文件夹。")
    return campaign.directory / name


def returned_files(campaign: Campaign) -> list[Path]:
    """What lies in 收回, if anything."""
    folder = _folder(campaign, RETURNED)
    return tables_in(folder) if folder.is_dir() else []


def uncollected(paths: Sequence[Path], known: set[str]) -> int:
    """How many of the files a ledger does not know. Archives do not count: the ledger knows them by what they hold."""
    files = [path for path in paths if path.suffix.lower() not in archive_suffixes()]
    return sum(hashlib.sha256(path.read_bytes()).hexdigest() not in known for path in files)
