"""Opens and judges returned files, in this process or another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Self

from xlsxeval.campaign.bounds import bounds_of, limits_for
from xlsxeval.campaign.clock import Clock
from xlsxeval.campaign.earlier_forms import keep_earlier_once
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.last_year import LastYear
from xlsxeval.campaign.last_year_index import Index
from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workbooks import context_for
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Returned, Submission, open_returned, read_returned
from xlsxeval.judging.changes import changes_since
from xlsxeval.judging.lost import lost_file
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.lazy import lazily
from xlsxeval.limits import Limits
from xlsxeval.resources import templates_directory
from xlsxeval.rules.engine import judge, judge_batch
from xlsxeval.rules.registry import workbook_rules
from xlsxeval.rules.verdict import Verdict
from xlsxeval.rules.waivers import apply_waivers
from xlsxeval.workers import Bounds, Lost
from xlsxeval.workers.far import Traits


class JudgedFile(NamedTuple):
    """A verdict and, where the file could be read, its content."""

    verdict: Verdict
    submission: Submission | None


class Judge:
    """Judges one file after another.

    Two paths and the index of last year's files are sent to another process; the rest is opened there once.
    """

    def __init__(
        self,
        templates: Path,
        campaign: Path | None,
        index: Index | None = None,
        *,
        clock: Clock | None = None,
        address: str | None = None,
    ) -> None:
        """Takes an ``index`` of last year's campaign, or the ``clock`` and the ledger's ``address`` to make one."""
        self.templates = templates
        self.campaign = campaign
        self._index = index
        self._clock = clock
        self._address = address
        self._library: Library | None = None
        self._loaded: Campaign | None = None
        self._context: Context | None = None
        self._limits: Limits | None = None
        self._layouts = Layouts()

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """The judge of an opened campaign, which uses the definitions that were read when it was opened.

        Keeps the forms of earlier workbooks first, if that was never done.
        """
        keep_earlier_once(workspace)
        directory, clock = workspace.library.directory, workspace.clock
        judge = cls(directory, workspace.path, clock=clock, address=workspace.address)
        judge._library, judge._loaded = workspace.library, workspace.campaign
        return judge

    def __getstate__(self) -> tuple[Path | None, Path | None, Index | None]:
        """The state for another machine, which may have the program's own templates elsewhere."""
        last_year = self.context.last_year
        templates = None if self.templates == templates_directory() else self.templates.absolute()
        return templates, self.campaign, last_year.index if isinstance(last_year, LastYear) else None

    def __setstate__(self, state: tuple[Path | None, Path | None, Index | None]) -> None:
        templates, *rest = state
        self.__init__(templates or templates_directory(), *rest)  # type: ignore[misc]

    def reduce_near(self) -> tuple[Any, ...]:
        """The state for another process of this machine: sends the opened context, which costs as much to read as fifty files."""
        last_year = self.context.last_year
        index = last_year.index if isinstance(last_year, LastYear) else None
        return _near, (type(self), self.templates, self.campaign, replace(self.context, last_year=None), index)

    def __call__(self, path: Path) -> Verdict:
        """The verdict on a file, with a note where the campaign has changed since the form was sent."""
        judged = self.read(path)
        verdict, submission = judged.verdict, judged.submission
        changes = [] if submission is None else changes_since(submission, self.context.campaign)
        if submission is None or not changes:
            return verdict
        unit = submission.unit
        note = f"{unit.code} {unit.name}：{'；'.join(changes)}；收回的表按下发时的内容核对"
        return replace(verdict, notes=(*verdict.notes, note))

    def read(self, path: Path) -> JudgedFile:
        """The verdict on a file, with its submission, for this process only."""
        return self.judged(self.open(path))

    def open(self, path: Path) -> Returned:
        """Reads a file without judging it."""
        return open_returned(path, self.context, self._layouts, self.limits)

    def open_bytes(self, name: str, data: bytes) -> Returned:
        """Reads a file given as bytes without judging it."""
        return read_returned(name, data, self.context, self._layouts, self.limits)

    def read_bytes(self, name: str, data: bytes) -> JudgedFile:
        """The verdict on a file given as bytes, with its submission, for this process only."""
        return self.judged(self.open_bytes(name, data))

    def judged(self, returned: Returned) -> JudgedFile:
        """The verdict on a file that was read."""
        verdict, notes = judge(returned), self.take_notes()
        return JudgedFile(replace(verdict, notes=notes) if notes else verdict, returned.submission)

    def take_notes(self) -> tuple[str, ...]:
        """Returns what is worth telling of the files read since the last call."""
        notes, last_year = self._layouts.take_notes(), self.context.last_year
        return (*notes, *last_year.take_notes()) if isinstance(last_year, LastYear) else tuple(notes)

    def sent_wholes(self, whole: Layout) -> Iterator[Layout]:
        """Forms into which the parts of a unit may be put together: those that were sent, the latest first, then ``whole``.

        ``whole`` is the unit's form as it is laid out today.
        """
        context, edition = self.context, whole.edition
        if context.sent is not None:
            seal = make_seal(whole.campaign, whole.unit, edition, context.key or b"")
            for digest in reversed(context.sent.forms_of(seal.subject_digest)):
                kept = self._layouts.kept(digest, seal, edition, context.sent)
                if kept is not None:
                    yield kept
        yield whole

    @property
    def shapes(self) -> Shapes:
        """Parts that the layouts so far have in common, for callers that lay out more."""
        return self._layouts.shapes

    @property
    def context(self) -> Context:
        """The context in which files are read: campaign, library, key, last year."""
        if self._context is None:
            library = self._library or Library(self.templates)
            self._context = context_for(
                self.campaign, library, self._index, clock=self._clock, address=self._address, loaded=self._loaded
            )
        return self._context

    @property
    def limits(self) -> Limits:
        """Limits for reading a file."""
        if self._limits is None:
            self._limits = limits_for(self.context.campaign)
        return self._limits

    @property
    def bounds(self) -> Bounds:
        """Bounds on the time and memory that a worker may spend on a file."""
        return bounds_of(self.limits)

    def traits(self) -> Traits:
        """Traits that another machine must share with this one to judge alike."""
        from xlsxeval.judging.traits import traits_of  # with the ledger's digest only for other machines

        return traits_of(self.templates, self.context, self.limits)

    def prepare(self) -> None:
        """Opens the campaign and the rules, so that this time is not counted for the first file."""
        self.limits  # noqa: B018 - asking for it opens the campaign
        workbook_rules()

    def lost(self, path: Path, lost: Lost) -> Verdict:
        """The verdict on a file whose judging did not finish."""
        return lost_file(path, lost, self.limits)


def with_notes_told(verdicts: Iterable[Verdict], listener: Listener) -> Iterator[Verdict]:
    """Passes verdicts on and reports their notes, each once."""
    told: set[str] = set()
    for verdict in verdicts:
        for note in verdict.notes:
            if note not in told:
                told.add(note)
                listener.tell(note)
        yield verdict


def _near(kind: type[Judge], templates: Path, campaign: Path | None, context: Context, index: Index | None) -> Judge:
    """Rebuilds a judge in another process of this machine from its opened context."""
    judge = kind(templates, campaign, index)
    if index is not None and context.campaign is not None:
        context = replace(context, last_year=LastYear(context.campaign, context.library, index))
    judge._context = context
    return judge


class UsesJudge:
    """Work on received files that a judge reads, with the judge's bounds, preparation and traits."""

    judge: Judge

    @property
    def bounds(self) -> Bounds:
        return self.judge.bounds

    def prepare(self) -> None:
        self.judge.prepare()

    def traits(self) -> Traits:
        return self.judge.traits()


class Conclusion:
    """Completes verdicts once each file is judged. Create it first: a damaged register is then reported before any reading."""

    def __init__(self, campaign: Campaign | None) -> None:
        self._roster = {unit.code: unit.name for unit in campaign.units} if campaign else {}
        self._waived = load_register(campaign.directory).waived if campaign and campaign.directory else ()

    def __call__(self, verdicts: Sequence[Verdict], count: int | None = None) -> Sequence[Verdict]:
        """The verdicts with findings between files, and with the campaign's recorded exceptions.

        All verdicts are examined once, and returned one by one as they are asked for. ``count`` is the number of
        verdicts on files of the batch, where verdicts on reports follow them.
        """
        return self.waived(judge_batch(verdicts, self._roster, count))

    def waived(self, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
        """The verdicts with the campaign's recorded exceptions only."""
        return lazily(verdicts, lambda _, verdict: apply_waivers(verdict, self._waived))

    def judged(self, judged: Sequence[JudgedFile]) -> list[JudgedFile]:
        """Judged files with findings between files, and with the campaign's recorded exceptions."""
        verdicts = self([one.verdict for one in judged])
        return [JudgedFile(verdict, one.submission) for verdict, one in zip(verdicts, judged, strict=True)]
