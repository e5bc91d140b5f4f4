"""Annotated workbooks of counting files, for the notices: made from the archive or from the folder of returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.board.state import ReceivedPart
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.files import file_name, write_file
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.judging.judge import Judge, UsesJudge
from xlsxeval.model import Finding
from xlsxeval.results.annotated import AnnotationTask, Annotator, Done, tasks, tell_done
from xlsxeval.results.board import CampaignStanding
from xlsxeval.results.unit_line import unit_line
from xlsxeval.rules.registry import workbook_rules
from xlsxeval.rules.waivers import Waived, apply_waivers
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import each


@dataclass(frozen=True, slots=True)
class Marking:
    """A file to annotate: the path of its bytes, its original name, and the findings between several files."""

    unit: str
    content: Path
    name: str
    folder: Path
    beside: tuple[Finding, ...]


class Marker(UsesJudge):
    """Annotates one file after another. Its judge is small enough to send to workers."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, marking: Marking) -> Done:
        with TemporaryDirectory(prefix="xlsxeval-") as folder:
            path = Path(folder) / marking.name  # archived bytes lie under another name than they came
            write_file(path, marking.content.read_bytes())
            verdict = apply_waivers(self.judge(path), self._waived())
            known = {finding.code for finding in verdict.findings}
            beside = tuple(finding for finding in marking.beside if finding.code not in known)
            planned = tasks([replace(verdict, findings=(*beside, *verdict.findings))])
            if not planned:
                return Done(problem=f"{marking.name}：读不了，没有写标注版。")
            return Annotator(self.judge, marking.folder)(AnnotationTask(planned[0].verdict, planned[0].name))

    def lost(self, marking: Marking, lost: Lost) -> Done:
        return Done(problem=f"{marking.name}：{lost.detail}，没有写标注版。")

    def _waived(self) -> tuple[Waived, ...]:
        campaign = self.judge.context.campaign
        assert campaign is not None
        assert campaign.directory is not None
        return load_register(campaign.directory).waived


@dataclass(frozen=True, slots=True)
class AnnotatedCopy:
    """An annotated workbook to download."""

    name: str
    content: bytes


def annotated_copy(workspace: Workspace, code: str, sha256: str) -> AnnotatedCopy:
    """The annotated copy of a counting file of a unit. Raises UsageError where it does not count or cannot be made."""
    line = unit_line(workspace, code)
    slots = () if line is None else line.slots
    slot = next((one for one in slots if one.current is not None and one.current.sha256 == sha256), None)
    if slot is None:
        raise UsageError("这一份现在不算数，没有标注版。请看最后交的那一份。")
    with TemporaryDirectory(prefix="xlsxeval-") as folder:
        content = {sha256: workspace.archive.path(sha256)}
        done = Marker(Judge.of(workspace))(_marking(content, slot, Path(folder)))
        if done.path is None:
            raise UsageError(done.problem or "这一份读不了，标注版做不出来。请看它的问题，请单位用下发的原表重新报送。")
        return AnnotatedCopy(done.path.name, done.path.read_bytes())


def mark(
    standing: CampaignStanding, folders: Mapping[str, Path], jobs: int = 1, listener: Listener = SILENT
) -> dict[str, list[Path]]:
    """Writes the units' annotated workbooks into their folders; existing files are set aside. Returns paths by unit."""
    planned = [
        _marking(standing.contents, slot, folders[unit.code])
        for unit in standing.state.units
        if unit.code in folders
        for slot in unit.slots
        if any(item.finding.waived is None for item in slot.items)
    ]
    written: dict[str, list[Path]] = {}
    done = listener.counted(each(Marker(standing.judge), planned, jobs), len(planned), "标注版")
    for marking, one in zip(planned, done, strict=True):
        tell_done(one, listener)
        if one.path is not None:
            written.setdefault(marking.unit, []).append(one.path)
    return written


def _marking(contents: Mapping[str, Path], slot: ReceivedPart, folder: Path) -> Marking:
    assert slot.current is not None
    together = {rule.code for rule in workbook_rules() if rule.over_batch is not None}
    beside = tuple(item.finding for item in slot.items if item.finding.code in together)
    name = f"{file_name(Path(slot.current.name).stem)}.xlsx"
    return Marking(slot.unit, contents[slot.current.sha256], name, folder, beside)
