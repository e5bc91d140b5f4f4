"""Writes the department's own report over all units for ``report --consolidated``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.lower_levels import lower_of
from xlsxeval.errors import UsageError
from xlsxeval.report import OPEN_ERRORS, ReportError
from xlsxeval.report.consolidated import consolidated_bytes, consolidated_template
from xlsxeval.results.current import HeldFiles
from xlsxeval.results.documents import DocumentKind, put_document, put_pdf
from xlsxeval.results.reports import HeldBack, WrittenReports
from xlsxeval.results.summary import summary_of
from xlsxeval.rollup.summary import Summary, SummaryStatus

_NAMED = 10


def write_consolidated(
    workspace: Workspace, counting: HeldFiles, output: Path, *, force: bool = False, pdf: bool = False
) -> WrittenReports:
    """Writes the campaign's consolidated report from these files.

    If any unit's file has open errors, or a file cannot be read, the report is held back unless forced.
    """
    campaign, listener = workspace.campaign, workspace.listener
    outcome = WrittenReports(listener)
    summary = replace(summary_of(workspace, counting, workspace.today), lower=lower_of(workspace))
    reason = _reason(summary)
    if reason and not force:
        outcome.hold(HeldBack(f"汇总报告没有写：{reason}", Step(NextStep.FORCE_CONSOLIDATED)))
        return outcome
    template = consolidated_template(workspace.library.folder("reports"), workspace.edition.id)
    title = f"{campaign.department} {campaign.year}年度绩效自评汇总报告"
    try:
        content = consolidated_bytes(summary, template, watermark=OPEN_ERRORS if reason else None)
        kind = DocumentKind.FORCED if reason else DocumentKind.FINAL
        path = put_document(output, title, kind, content, listener)
        outcome.put(path)
        if pdf:
            outcome.put(put_pdf(path, listener))
    except (ReportError, UsageError) as error:
        outcome.hold(HeldBack(f"汇总报告没有写成：{error}"))
    except OSError as error:
        detail = f"汇总报告写不到 {output}（{error.strerror}），请看看是不是在 Word 里打开着"
        outcome.hold(HeldBack(detail))
    absent = [unit.whose.name for unit in summary.units if unit.status is SummaryStatus.ABSENT]
    if absent and outcome.written:
        listener.tell(f"还没有报的单位 {len(absent)} 个，报告里写明了：{_named(absent)}")
    return outcome


def _reason(summary: Summary) -> str:
    """Reason why the figures are not final; empty where they are."""
    faulty = [f"{unit.whose.name}（{unit.errors} 处）" for unit in summary.units if unit.status is SummaryStatus.ERRORS]
    reasons = [f"{len(faulty)} 个单位还有错误没有改：{_named(faulty)}"] if faulty else []
    if summary.unread:
        reasons.append(f"{summary.unread} 份文件读不了")
    return "；".join(reasons)


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (" 等" if len(names) > _NAMED else "")
