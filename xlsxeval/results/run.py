"""Runs the whole campaign: workbooks for units without one, collection of returns, and all results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlsxeval.board import CampaignState, SheetPoints
from xlsxeval.board.steps import NextStep, Step, StepWording
from xlsxeval.campaign.faults import require_ready
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT, sent_files, tables_in
from xlsxeval.campaign.products import FILE_NAME, Made
from xlsxeval.campaign.workbooks import layouts
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.collect import collect
from xlsxeval.collection.rejudged import wanted_of
from xlsxeval.collection.result import CollectResult
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.collection.text import collect_text, fresh_lines
from xlsxeval.errors import UsageError
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.forms.keys import find_keys
from xlsxeval.judging.counted import Counter, UnitReturn
from xlsxeval.judging.judge import Conclusion
from xlsxeval.judging.memory import Memory
from xlsxeval.judging.units import Joiner
from xlsxeval.ledger import Distribution, Ledger
from xlsxeval.levels import is_export
from xlsxeval.results.board import standing_of
from xlsxeval.results.current import left_out
from xlsxeval.results.distribution import Distributor, Sent, distribute, record_sent, tidy
from xlsxeval.results.folder import Results
from xlsxeval.results.report_notes import note_report
from xlsxeval.results.reports import ReportOutcome, WrittenReports
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import AUTO

_WHAT = "run"


@dataclass(frozen=True, slots=True)
class RunResult:
    """Result of a run over the whole campaign.

    ``generated`` are the files made for units that had none, ``made`` is the number of results written, ``reports``
    are those of this run. ``folder`` is the campaign's.
    """

    folder: Path
    generated: tuple[Sent, ...]
    collected: CollectResult
    made: int
    reports: ReportOutcome

    @property
    def is_news(self) -> bool:
        """Whether anything was generated, judged or written."""
        collected = self.collected
        return bool(self.generated or self.made or collected.judged_again or collected.brought_anything)

    @property
    def needs_somebody(self) -> bool:
        """Whether anything waits for a person: a file, a choice, or a report that was held back."""
        return self.collected.needs_somebody or bool(self.reports.held_back)

    @property
    def next(self) -> NextStep:
        """The next step for the user."""
        collected = self.collected
        came = collected.files or collected.exports or collected.unread
        if not came and len(collected.missing) == len(collected.units):
            return NextStep.AWAIT
        if any(one.errors for one in collected.files):
            return NextStep.RETURN
        if collected.needs_somebody:
            return NextStep.SEE_TO
        if self.reports.held_back:
            return NextStep.SEE_TO_REPORTS
        return NextStep.REMIND if collected.missing else NextStep.NOTHING


def run_campaign(workspace: Workspace, wording: StepWording, *, force: bool = False, jobs: int = AUTO) -> RunResult:
    """Does everything that can be done now: missing workbooks, collection, and all results of counting files.

    ``wording`` words the next steps in written texts; ``force`` also writes reports with open errors.
    Raises UsageError, DefinitionError, StorageError; LedgerBusyError where another run holds the campaign.
    """
    _keys_in_place(workspace.folder)
    if not workspace.has_ledger:
        require_ready(workspace, [unit.code for unit in workspace.campaign.units])
    with workspace.ledger() as ledger:
        with ledger.run(workspace.who, workspace.clock(), _WHAT):
            generated = _generate_missing(workspace, ledger, jobs)
        collected = collect(workspace, [], jobs=jobs)
        for line in fresh_lines(collected):
            workspace.listener.tell(line)
        with ledger.run(workspace.who, workspace.clock(), _WHAT):
            made, reports = _results(workspace, wording, ledger, collected, jobs, force=force)
    return RunResult(workspace.folder, tuple(generated), collected, made, reports.outcome())


def _results(
    workspace: Workspace, wording: StepWording, ledger: Ledger, result: CollectResult, jobs: int, *, force: bool
) -> tuple[int, WrittenReports]:
    """Writes all results of counting files; returns the number of files written, and the reports."""
    folder, listener = workspace.folder, workspace.listener
    conclude, memory = Conclusion(workspace.campaign), Memory.of_campaign(workspace)
    with ledger.read() as r:
        standing = standing_by_ledger(workspace, r)
    joiner = Joiner(workspace.campaign, workspace.edition, memory.assessor.judge, conclude, standing.units)
    counter = Counter(memory, conclude, joiner)
    files = counter.files(standing, jobs)
    text = collect_text(result, wording, folder / RESULTS / ANNOTATED)
    listener.tell(text)
    files, returns = counter.units(files)
    made = Made(folder / KEYS_FOLDER / FILE_NAME, folder)
    results = Results(workspace, made)
    results.tidy()

    def note(verdict: Verdict, report: Path) -> None:
        note_report(workspace, ledger, verdict, report, _WHAT)

    reports = WrittenReports(listener)
    if files or result.files or result.exports:
        results.collected(text)
        results.checked(files)
        results.annotated(files, counter, memory.assessor.judge, jobs)
        results.summary(returns, left_out(standing))
        results.reports(reports, returns, counter, force=force, note=note)
    state = _state(workspace, returns)
    results.board(state, wording)
    for unit in state.units:
        if unit.form_changes:
            message = f"{unit.code} {unit.name} 发的表要换：{'；'.join(unit.form_changes)}"
            listener.tell(message, Step(NextStep.DISTRIBUTE_AGAIN, 1, (unit.code,)))
    memory.shelf.keep_only({*(one.key for one in returns), *_live(ledger, counter)})
    return made.news, reports


def _live(ledger: Ledger, counter: Counter) -> set[str]:
    """Keys of files that count or wait for a choice: the latter may count tomorrow."""
    with ledger.read() as r:
        return {counter.memory.key(wanted_of(r, one)) for one in r.live_submissions()}


def _state(workspace: Workspace, returns: Sequence[UnitReturn]) -> CampaignState:
    """The state with the points of counting files, which are known from judging."""
    state = standing_of(workspace).state
    points: dict[str, tuple[SheetPoints, ...]] = {}
    for one in returns:
        code = one.files[0].wanted.unit
        points[code] = (*points.get(code, ()), *one.assessed.points)
    return replace(state, units=tuple(replace(unit, figures=points.get(unit.code, ())) for unit in state.units))


def _keys_in_place(folder: Path) -> None:
    """Raises UsageError where workbooks were sent or came back and the key that signed them is gone.

    A new key would make all of them look foreign.
    """
    if find_keys(folder) is not None:
        return
    used = [
        name for name in (SENT, RETURNED) if (folder / name).is_dir() and any(map(_is_form, tables_in(folder / name)))
    ]
    if used:
        raise UsageError(
            f"任务的密钥不见了（{folder / KEYS_FOLDER}），而“{'”“'.join(used)}”里已有表。请从备份恢复这个文件夹；"
            f"确实要重新开始，请先把这些表移到别处。"
        )


def _is_form(path: Path) -> bool:
    """Whether a file is one that units send. Exports of lower levels do not depend on this campaign's key."""
    return path.suffix.lower() != ".zip" or not is_export(path.read_bytes())


def _generate_missing(workspace: Workspace, ledger: Ledger, jobs: int) -> list[Sent]:
    """Makes and records the workbooks of units that have none yet; sent workbooks are never made again."""
    campaign, sent_folder = workspace.campaign, workspace.folder / SENT
    tidy(sent_folder)
    with ledger.read() as r:
        sent_before = {one.unit for one in r.distributions() if _is_out(one, sent_folder)}
    missing = [unit for unit in campaign.units if unit.code not in sent_before and not sent_files(campaign, unit)]
    if not sent_before:
        require_ready(workspace, [unit.code for unit in missing])
    unready = [one for one in campaign.unready if one.unit in {unit.code for unit in missing}]
    for one in unready:  # what is under way goes on without them
        workspace.listener.tell(f"没有生成：{one.problem}")
    missing = [unit for unit in missing if not any(one.unit == unit.code for one in unready)]
    if not missing:
        return []
    layouts(campaign, missing, workspace.edition)  # all faults of the definition at once, before anything is made

    def distributor(place: Path) -> Distributor:
        return Distributor(workspace.library.directory, workspace.path, place, split=False, archive=False)

    def record(sent: Sequence[Sent]) -> None:
        record_sent(workspace, sent, _WHAT)

    codes, forms, listener = [unit.code for unit in missing], workspace.sent_forms, workspace.listener
    sent = distribute(distributor, codes, sent_folder, forms, record, jobs=jobs, force=False, listener=listener)
    listener.tell(f"生成：{len(sent)} 份新表写到 {sent_folder}，{len(campaign.units) - len(sent)} 份早已生成")
    return sent


def _is_out(one: Distribution, folder: Path) -> bool:
    """Whether a unit needs no workbook: its forms were sent apart, or its file still lies there under its old name."""
    path = folder / one.file_name
    return one.part is not None or path.is_file() or path.with_suffix(".zip").is_file()
