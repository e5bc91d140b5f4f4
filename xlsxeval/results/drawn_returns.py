"""Returned workbooks as pages show them: every worksheet drawn, with its findings numbered and marked in their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from xlsxeval.board import BoardLine
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.examination import Chore
from xlsxeval.collection.reception import Reception
from xlsxeval.errors import UsageError
from xlsxeval.judging.front import Front
from xlsxeval.judging.judge import Conclusion, Judge, UsesJudge
from xlsxeval.judging.lone_files import LoneFile, lost_on
from xlsxeval.judging.remarks import home, refilled
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Finding, Severity
from xlsxeval.output.drawn_return import SETTLED, DrawnReturn, NumberedFinding
from xlsxeval.results.compared_versions import ComparedVersions, compare
from xlsxeval.results.unit_line import unit_line
from xlsxeval.rules.engine import subject_of
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workbook.drawing import DrawnSheet, draw, findings_by_cell
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import HERE, Hands, each

_KEPT = 4
"""Campaigns, or folders of templates, whose layouts are kept."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file to draw. ``findings`` are those on record; None for those of a fresh judgement."""

    file: LoneFile
    findings: tuple[Finding, ...] | None = None


class Draughtsman(UsesJudge):
    """Draws one returned file after another. Its judge is small enough to send to workers."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, sighting: Sighting) -> DrawnReturn:
        file = sighting.file
        source = file.source
        opened = self.judge.open_bytes(file.name, source) if isinstance(source, bytes) else self.judge.open(source)
        findings = sighting.findings
        if findings is None:
            findings = self.judge.judged(opened).verdict.findings
        else:  # they are on record, and the rules are not asked again
            self.judge.take_notes()
        submission = opened.submission
        if submission is None:
            return _undrawn(file.name, opened.sha256, findings)
        layout = submission.layout
        names = {sheet.name: number for number, sheet in enumerate(layout.sheets, start=1)}
        placed = [(finding, home(submission, finding)) for finding in findings]
        placed.sort(key=lambda one: _order(one[0], names.get(one[1][0] or "", 0)))
        marks = [(cell, SETTLED if finding.waived else finding.severity.value) for finding, (_, cell) in placed]
        form = refilled(submission, "")
        sheets = draw(layout, form.values, {**form.computed, **submission.shown}, findings_by_cell(marks), form.hidden)
        numbered = tuple(
            NumberedFinding(number, finding, cell and f"s{names[cell.sheet]}-{cell.a1}")
            for number, (finding, (_, cell)) in enumerate(placed, start=1)
        )
        return DrawnReturn(file.name, opened.sha256, subject_of(submission), numbered, sheets)

    def lost(self, sighting: Sighting, lost: Lost) -> DrawnReturn:
        verdict = lost_on(sighting.file, lost, self.judge)
        return _undrawn(sighting.file.name, verdict.sha256, verdict.findings)


@dataclass(frozen=True, slots=True)
class DrawingChore(Chore):
    """A received file to draw where arrivals are judged."""

    sighting: Sighting

    def done(self, judge: Judge) -> DrawnReturn:
        """The drawn file."""
        return Draughtsman(judge)(self.sighting)

    def lost(self, lost: Lost, judge: Judge) -> DrawnReturn:
        """The file undrawn, with the reason."""
        return Draughtsman(judge).lost(self.sighting, lost)


def drawn_elsewhere(
    workspace: Workspace, reception: Reception, line: BoardLine | None, hands: Hands
) -> list[DrawnReturn]:
    """The counting files of a unit, by its line on the board, drawn by workers."""
    return [reception.do(workspace, DrawingChore(one), hands) for one in _sightings(workspace, line)]


def _sightings(workspace: Workspace, line: BoardLine | None) -> Iterator[Sighting]:
    for slot in line.slots if line is not None else ():
        if slot.current is not None:
            file = LoneFile(workspace.archive.path(slot.current.sha256), slot.current.name)
            yield Sighting(file, tuple(item.finding for item in slot.items))


class DrawingRoom:
    """Draws files for any caller, from any thread. What was laid out for one file is kept for the next."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._at_work = Lock()
        self._known: dict[object, Draughtsman] = {}

    def lone(self, file: LoneFile, judge: Judge, front: Front) -> DrawnReturn:
        """A file that belongs to no campaign at hand, in a worker, with the bounds of every received file."""
        return front.judge(self._of(judge.templates, lambda: judge), Sighting(file))

    def unit(self, workspace: Workspace, code: str) -> list[DrawnReturn]:
        """The counting files of a unit, with their findings on record. Raises UsageError for an unknown unit.

        They were read within bounds when they came, so they are drawn in this process.
        """
        work = self._of((workspace.path, workspace.glimpse), lambda: Judge.of(workspace))
        drawn = []
        for sighting in _sightings(workspace, unit_line(workspace, code)):
            with self._at_work:
                drawn.append(work(sighting))
        return drawn

    def compared(self, workspace: Workspace, digests: Sequence[str]) -> ComparedVersions:
        """Received files of one unit beside each other, by their SHA-256."""
        judge = self._of((workspace.path, workspace.glimpse), lambda: Judge.of(workspace)).judge
        with self._at_work:
            return compare([judge.read(workspace.archive.path(digest)) for digest in digests])

    def _of(self, key: object, judge: Callable[[], Judge]) -> Draughtsman:
        with self._changing:
            work = self._known.pop(key, None) or Draughtsman(judge())
            self._known[key] = work
            while len(self._known) > _KEPT:
                del self._known[next(iter(self._known))]
            return work


def drawn_again(verdict: Verdict, judge: Judge) -> DrawnReturn | None:
    """A file that was judged a moment ago, drawn with the findings of its verdict.

    None where it could not be read, or has become another file since.
    """
    path = Path(verdict.path)
    if verdict.subject is None or not path.is_file():
        return None
    drawn = Draughtsman(judge)(Sighting(LoneFile(path, verdict.path), verdict.findings))
    return drawn if drawn.sha256 == verdict.sha256 else None


def drawn_report(workspace: Workspace, data: bytes, name: str) -> DrawnReturn:
    """An edited Word report with what was found in it; its worksheets are none."""
    from xlsxeval.results.edited_reports import Proofreader  # what reads Word documents only where there are some

    judge = Judge.of(workspace)
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        path = Path(place) / "report.docx"
        path.write_bytes(data)
        (verdict,) = each(Proofreader(workspace, judge), [path], HERE)
    (verdict,) = Conclusion(workspace.campaign)([verdict], 0)
    return replace(_undrawn(name, verdict.sha256, verdict.findings), subject=verdict.subject)


def drawn_form(workspace: Workspace, code: str) -> tuple[DrawnSheet, ...]:
    """A unit's workbook as it is sent out. Raises UsageError for an unknown unit."""
    unit = workspace.campaign.unit(code)
    if unit is None:
        raise UsageError(f"任务里没有单位 {code}。单位代码写在名册的“单位”表里，请照着写。")
    return drawn_blank(build_layout(workspace.campaign, unit, workspace.edition))


def drawn_blank(layout: Layout) -> tuple[DrawnSheet, ...]:
    """A layout without a unit's values."""
    return draw(layout, {}, layout.compute({}))


def _undrawn(name: str, sha256: str, findings: Sequence[Finding]) -> DrawnReturn:
    numbered = tuple(NumberedFinding(number, finding, None) for number, finding in enumerate(findings, start=1))
    return DrawnReturn(name, sha256, None, numbered, ())


def _order(finding: Finding, sheet: int) -> tuple[bool, int, int]:
    """Sort key of a finding: open ones first, by severity, then in the order of the worksheets."""
    return finding.waived is not None, list(Severity).index(finding.severity), sheet
