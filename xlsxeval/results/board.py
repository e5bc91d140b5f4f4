"""The state of a campaign for board and reminders: from its ledger, else from the returned files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.board import BoardLine, CampaignState, Desk, SheetPoints, figures_of
from xlsxeval.board.from_ledger import from_ledger
from xlsxeval.board.from_verdicts import from_verdicts
from xlsxeval.board.state import ReceivedFile
from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.files import file_name
from xlsxeval.campaign.folders import SENT, returned_files, sent_files, uncollected
from xlsxeval.campaign.names import distribution_name
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.lower_levels import level_states, lower_lines, lower_of
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.forms.campaign import Campaign
from xlsxeval.judging.judge import Conclusion, Judge, UsesJudge, with_notes_told
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import each

if TYPE_CHECKING:
    from xlsxeval.judging.basis import Basis
    from xlsxeval.ledger import Queries
    from xlsxeval.rollup import LowerLine


@dataclass(frozen=True, slots=True)
class CampaignStanding:
    """The state of a campaign, with the paths of the received contents by SHA-256."""

    state: CampaignState
    workspace: Workspace
    judge: Judge
    contents: Mapping[str, Path]
    basis: Basis | None = None
    """Today's basis of judgements; None where the state does not come from the ledger."""

    @property
    def campaign(self) -> Campaign:
        """The campaign."""
        return self.workspace.campaign


def state_of(
    workspace: Workspace, today: dt.date | None = None, jobs: int = 1, *, figures: bool = False
) -> CampaignState:
    """The state of a campaign on a day, by default the present one; with the points of counting files on request."""
    standing = standing_of(workspace, today, jobs)
    return with_figures(standing, jobs) if figures else standing.state


def standing_of(workspace: Workspace, today: dt.date | None = None, jobs: int = 1) -> CampaignStanding:
    """The standing of a campaign on a day, by default the present one.

    Without a ledger the files in 收回 are judged, which takes time.
    """
    campaign, edition, folder = workspace.campaign, workspace.edition, workspace.folder
    today = today or workspace.today
    judge = Judge.of(workspace)
    returned = returned_files(campaign)
    sent = {unit.code for unit in campaign.units if sent_files(campaign, unit)}
    known = (folder / SENT).is_dir()
    if workspace.has_ledger:
        with workspace.ledger(make=False) as ledger, ledger.read() as reader:
            receipts = reader.receipts()
            made = {one.unit for one in reader.distributions()}
            desk = Desk(campaign, edition, today, sent | made if known or made else None)
            if receipts or not returned:
                waived = load_register(folder).waived
                new = uncollected(returned, {one.sha256 for one in receipts})
                state = from_ledger(desk, reader, standing_by_ledger(workspace, reader), waived, uncollected=new)
                from xlsxeval.collection.form_changes import form_changes
                from xlsxeval.collection.rejudged import stale
                from xlsxeval.judging.basis import Basis  # SQLAlchemy only where there is a ledger

                basis = Basis(workspace)
                old = stale(reader, campaign, basis)
                if old:
                    message = f"注意：台账里有 {old} 份表是按以前的程序、表样或任务核对的"
                    workspace.listener.tell(message, Step(NextStep.JUDGE_AGAIN, old, (str(workspace.path),)))
                lacking = {one.code: one.missing for one in state.units if any(not slot.part for slot in one.slots)}
                changes = form_changes(reader, campaign, edition, judge.shapes, lacking)
                units = (replace(unit, form_changes=changes.get(unit.code, ())) for unit in state.units)
                state = replace(state, stale=old, levels=_levels(reader, campaign), units=tuple(units))
                archive = workspace.archive
                hashes = (file.sha256 for unit in state.units for slot in unit.slots if (file := slot.current))
                return CampaignStanding(state, workspace, judge, {one: archive.path(one) for one in hashes}, basis)
    else:
        desk = Desk(campaign, edition, today, sent if known else None)
    conclude = Conclusion(campaign)
    work = workspace.listener.counted(each(judge, returned, jobs), len(returned), "核对")
    verdicts = conclude(list(with_notes_told(work, workspace.listener)))
    days = {str(file): dt.date.fromtimestamp(file.stat().st_mtime) for file in returned}
    state = replace(from_verdicts(desk, verdicts, days), levels=lower_of(workspace))
    return CampaignStanding(state, workspace, judge, {one.sha256: Path(one.path) for one in verdicts if one.subject})


def _levels(r: Queries, campaign: Campaign) -> tuple[LowerLine, ...]:
    return tuple(lower_lines(level_states(r, campaign)))


def with_figures(standing: CampaignStanding, jobs: int = 1) -> CampaignState:
    """The state with the points and rates of counting files: as they were judged, else recomputed from the files."""
    listener = standing.workspace.listener
    held = [
        (unit.code, slot.current, standing.contents[slot.current.sha256])
        for unit in standing.state.units
        for slot in unit.slots
        if slot.current is not None and slot.current.sha256 in standing.contents
    ]
    gone = [path for _, _, path in held if not path.is_file()]
    if gone:
        listener.tell(f"{len(gone)} 份存下的原件不见了，得分没有算：{gone[0]} 等。请从备份恢复。")
    held = [one for one in held if one[2].is_file()]
    judged = _judged(standing)
    known = [judged(code, file) for code, file, _ in held]
    paths = [path for (_, _, path), points in zip(held, known, strict=True) if points is None]
    scored = iter(listener.counted(each(_Scored(standing.judge), paths, jobs), len(paths), "算分"))
    found: dict[str, tuple[SheetPoints, ...]] = {}
    for (code, _, _), points in zip(held, known, strict=True):
        figures = next(scored) if points is None else points
        if isinstance(figures, str):
            listener.tell(figures)
        else:
            found[code] = (*found.get(code, ()), *figures)
    units = tuple(replace(unit, figures=found.get(unit.code, ())) for unit in standing.state.units)
    return replace(standing.state, units=units)


def _judged(standing: CampaignStanding) -> Callable[[str, ReceivedFile], tuple[SheetPoints, ...] | None]:
    """Looks up the points of a unit's file; None for one that was not judged on today's basis. Nothing is written."""
    if standing.basis is None:
        return lambda code, file: None
    from xlsxeval.judging.memory import Memory, Wanted

    memory = Memory.of_campaign(standing.workspace, basis=standing.basis)

    def points(code: str, file: ReceivedFile) -> tuple[SheetPoints, ...] | None:
        assessed = memory.shelf.get(memory.key(Wanted(code, file.sha256, file.name)))
        return None if assessed is None else assessed.points

    return points


def missing_files(campaign: Campaign, unit: BoardLine) -> list[Path]:
    """Files in 下发 with the forms that a unit still owes; all of its files where they are not separate.

    Empty where its forms are outdated: the unit needs new ones.
    """
    own = campaign.unit(unit.code)
    if own is None or not unit.missing or unit.form_changes:
        return []
    files = sent_files(campaign, own)
    by_name = {path.name: path for path in files}
    names = (f"{distribution_name(campaign, own)} {file_name(sheet)}.xlsx" for sheet in unit.missing)
    return [by_name[name] for name in names if name in by_name] or files


class _Scored(UsesJudge):
    """Reads one file's figures after another. Its judge is small enough to send to workers."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, path: Path) -> tuple[SheetPoints, ...] | str:
        returned = self.judge.open(path)
        return figures_of(returned.submission) if returned.submission is not None else ()

    def lost(self, path: Path, lost: Lost) -> str:
        """Message in Chinese that a file has no figures, with the reason."""
        return f"{path.name}：{lost.detail}，得分没有算。"
