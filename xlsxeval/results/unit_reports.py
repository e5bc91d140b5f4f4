"""Writes the Word reports of a campaign, from counting files or from named ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.folders import RESULTS, RETURNED
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.lower_levels import lower_of
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.judging.judge import Conclusion, Judge, JudgedFile, with_notes_told
from xlsxeval.judging.units import Joiner
from xlsxeval.report.pdf import require_office
from xlsxeval.results.consolidated import write_consolidated
from xlsxeval.results.current import what_counts
from xlsxeval.results.reports import HeldBack, ReportOutcome, write_reports
from xlsxeval.rules.unit_standings import UNDECIDED
from xlsxeval.rules.verdict import Verdict

_WHAT = "report"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options for writing reports.

    ``force``: with open errors too, under a watermark; ``draft``: open findings as comments; ``pdf``: a PDF beside
    each; ``charts``: a page of charts at the end.
    """

    force: bool = False
    draft: bool = False
    pdf: bool = False
    charts: bool = False


def unit_reports(
    workspace: Workspace,
    output: Path | None = None,
    codes: Sequence[str] = (),
    sources: Sequence[Path] = (),
    options: ReportOptions = ReportOptions(),
) -> ReportOutcome:
    """Writes the report of each unit into ``output``, by default into 结果.

    The report of a unit is held back while a person must choose between its files.

    ``codes`` are the units, by default all; ``sources`` the files to report on, by default those that count.
    Raises UsageError where nothing came back, the edition has no report, or a PDF is requested without LibreOffice.
    """
    if options.pdf:
        require_office()
    campaign, edition = workspace.campaign, workspace.edition
    units = chosen_units(campaign, tuple(codes))
    wanted = {unit.code for unit in units}
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        counting = what_counts(workspace, sources, Path(place))
        held = counting.files
        if not counting.came:
            raise _nothing_came(workspace)
        if edition.report is None:
            raise UsageError(
                f"版本「{edition.id}」没有报告模板，写不了报告。请在版本的 YAML 里写 report:（report-templates.md）。"
            )
        template = workspace.library.find(f"reports/{edition.report}")
        judge, conclusion = Judge.of(workspace), Conclusion(campaign)
        read = workspace.listener.counted((one.told(judge.read(one.path)) for one in held), len(held), "核对")
        kept = [one if _concerns(one.verdict, wanted) else JudgedFile(one.verdict, None) for one in read]
        for _ in with_notes_told((one.verdict for one in kept), workspace.listener):
            pass
        judged = [one for one in conclusion.judged(kept) if _concerns(one.verdict, wanted)]
        joined = Joiner(campaign, edition, judge, conclusion, counting.standings).join(judged)
    outcome = write_reports(
        joined,
        template,
        output or workspace.folder / RESULTS,
        force=options.force,
        draft=workspace.today if options.draft else None,
        pdf=options.pdf,
        charts=options.charts,
        note=_note(workspace),
        listener=workspace.listener,
    )
    came = {verdict.subject.code for verdict, _ in judged if verdict.subject is not None}
    absent = [unit for unit in units if unit.code not in came]
    waiting = {code for code, unit in (counting.standings or {}).items() if unit.waiting}
    for unit in absent:
        if unit.code in waiting:
            reason = f"单位 {unit.code} {unit.name}：{UNDECIDED}，没有写报告"
            outcome.hold(HeldBack(reason, Step(NextStep.CHOOSE)))
    return outcome.outcome([unit for unit in absent if unit.code not in waiting])


def consolidated_report(
    workspace: Workspace,
    output: Path | None = None,
    sources: Sequence[Path] = (),
    *,
    force: bool = False,
    pdf: bool = False,
) -> ReportOutcome:
    """Writes the department's own report over all units; parameters and errors as for ``unit_reports``."""
    if pdf:
        require_office()
    folder = output or workspace.folder / RESULTS
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        counting = what_counts(workspace, sources, Path(place))
        has_levels = any(line.totals is not None for line in lower_of(workspace))
        if not counting.came and not has_levels and not (counting.left and counting.left.unread):
            raise _nothing_came(workspace)
        return write_consolidated(workspace, counting, folder, force=force, pdf=pdf).outcome()


def _note(workspace: Workspace) -> Callable[[Verdict, Path], None]:
    """Returns a function that records each report in the ledger, if any. A failure to record is only reported."""
    if not workspace.has_ledger:
        return lambda verdict, path: None

    def note(verdict: Verdict, path: Path) -> None:
        from xlsxeval.results.report_notes import note_report  # SQLAlchemy only where there is a ledger

        try:
            with workspace.ledger() as ledger:
                note_report(workspace, ledger, verdict, path, _WHAT)
        except (StorageError, UsageError) as error:
            workspace.listener.tell(f"注意：这份报告没有记入台账：{error}")

    return note


def _concerns(verdict: Verdict, wanted: set[str]) -> bool:
    return verdict.subject is None or verdict.subject.code in wanted


def _nothing_came(workspace: Workspace) -> UsageError:
    folder = workspace.folder / RETURNED
    if not workspace.campaign.units:
        return UsageError(f"下级都还没有上报。请把上报包放进 {folder}，运行 xlsxeval collect，再运行一次。")
    return UsageError(f"没有收回的表：{folder}。请把收回的 .xlsx 放进这个文件夹，或用 --from 指定。")
