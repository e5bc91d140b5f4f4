"""Judges an archived file, in this process or another, and compares it with the campaign of today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xlsxeval.archive import Archive
from xlsxeval.board import SheetPoints
from xlsxeval.board import figures_of as points_of
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.intake.identity import FormOrigin
from xlsxeval.intake.submission import Submission
from xlsxeval.judging.changes import unit_changes
from xlsxeval.judging.judge import Judge, JudgedFile, UsesJudge
from xlsxeval.judging.lost import lost_verdict
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.rollup import Figures, SummaryDefinition, figures_of, load_definition
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file of the archive, under the name that it arrived with."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """A verdict, and the changes in the campaign since the form was made.

    ``outdated``: the fields have other places today, so the unit must get a new form. ``numbers`` are the figures for
    the summary, ``points`` those for the board. ``answers`` are the SHA-256 of the files that it answers, as the mark says
    that the campaign signed.
    """

    verdict: Verdict
    changes: tuple[str, ...] = ()
    outdated: bool = False
    numbers: Figures | None = None
    points: tuple[SheetPoints, ...] = ()
    answers: tuple[str, ...] = ()


class Assessor(UsesJudge):
    """Assesses one archived file after another. Only paths are sent to another process."""

    def __init__(self, judge: Judge, archive: Path) -> None:
        self.judge = judge
        self.archive = archive
        self._layouts: dict[tuple[str, str | None], Layout | None] = {}

    def __getstate__(self) -> tuple[Judge, Path]:
        return self.judge, self.archive

    def __setstate__(self, state: tuple[Judge, Path]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def __call__(self, task: ArchivedFile) -> Assessed:
        return self.assess(self.read(task))

    def lost(self, task: ArchivedFile, lost: Lost) -> Assessed:
        """The assessment of a file whose judging did not finish."""
        return Assessed(lost_verdict(task.name, task.sha256, 0, lost))

    def read(self, task: ArchivedFile) -> JudgedFile:
        """The verdict with the submission, for this process only. Raises StorageError where the archive is damaged."""
        return self.judge.read_bytes(task.name, Archive(self.archive).read(task.sha256))

    def assess(self, judged: JudgedFile) -> Assessed:
        """The verdict with the changes since the form was made, and with the figures."""
        submission = judged.submission
        if submission is None:
            return Assessed(judged.verdict)
        changes, outdated = self._since(submission)
        numbers = figures_of(submission, self._definition)
        answers = submission.identity.answers
        return Assessed(judged.verdict, changes, outdated, numbers, points_of(submission), answers)

    def _since(self, submission: Submission) -> tuple[tuple[str, ...], bool]:
        """Changes in the campaign since the form was made, and whether the form is outdated; none where the seal is broken."""
        campaign = self.judge.context.campaign
        if campaign is None or submission.identity.seal_state == "broken":
            return (), False
        then, today = submission.unit, campaign.unit(submission.unit.code)
        if today is None:
            return (), False
        changes = tuple(unit_changes(then, today))
        if not changes and submission.identity.seal.campaign.edition == campaign.edition:
            return (), False  # the layout that it was held against is that of today
        part = submission.layout.part
        old: Layout | None = submission.layout
        if submission.identity.origin is FormOrigin.KEPT:  # what another program laid out otherwise is no change
            old = self._laid_out(submission.identity.seal.campaign, then, part)
        new = self._layout(campaign, today, part)
        return changes, new is None or old is None or shape(new) != shape(old)

    @cached_property
    def _definition(self) -> SummaryDefinition:
        """The summary that the campaign's edition defines; an empty one where it defines none."""
        campaign, templates = self.judge.context.campaign, self.judge.context.library
        edition = templates.edition(campaign.edition) if campaign is not None else None
        return (load_definition(templates, edition) if edition is not None else None) or SummaryDefinition()

    def _layout(self, campaign: Campaign, unit: Unit, part: str | None) -> Layout | None:
        """The form as it would be made today; None where the campaign no longer has this part."""
        key = (unit.code, part)
        if key not in self._layouts:
            self._layouts[key] = self._laid_out(campaign, unit, part)
        return self._layouts[key]

    def _laid_out(self, campaign: Campaign, unit: Unit, part: str | None) -> Layout | None:
        edition = self.judge.context.library.edition(campaign.edition)
        try:
            return build_layout(campaign, unit, edition, part, self.judge.shapes)
        except DefinitionError:
            return None


def shape(layout: Layout) -> set[tuple[object, ...]]:
    """The fields of a layout with their places and kinds."""
    return {(*slot, cell.address, cell.kind) for slot, cell in layout.slots.items()}
