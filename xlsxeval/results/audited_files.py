"""Audits published reports together, each within bounds, and writes the result and a summary of all."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.audit.documents.reader import MOST_BYTES
from xlsxeval.campaign.bounds import bounds_of, limits_for
from xlsxeval.campaign.files import write_file
from xlsxeval.campaign.listener import Listener
from xlsxeval.errors import UsageError
from xlsxeval.file_kinds import REPORTS
from xlsxeval.forms.library import Library
from xlsxeval.intake.reader import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.judging.lone_files import LoneFile
from xlsxeval.judging.lost import lost_file, lost_verdict
from xlsxeval.judging.spool import Spool
from xlsxeval.lazy import lazily
from xlsxeval.limits import Limits
from xlsxeval.model import Severity
from xlsxeval.output import OutputSources, format_for
from xlsxeval.results.audit_plan import AuditPlan
from xlsxeval.results.output_files import refuse_foreign, write_output
from xlsxeval.rules.catalogue import catalogue
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Bounds, Lost
from xlsxeval.workers.pool import each

if TYPE_CHECKING:
    from xlsxeval.audit import AuditedReport, Auditor


class AuditWork:
    """Audits one report after another, in this process or another; templates are read once in each."""

    def __init__(self, templates: Path, edition: str | None) -> None:
        self.templates = templates
        self.edition = edition

    def __getstate__(self) -> tuple[Path, str | None]:
        return self.templates, self.edition

    def __setstate__(self, state: tuple[Path, str | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    @cached_property
    def auditor(self) -> Auditor:
        from xlsxeval.audit import Auditor

        return Auditor(Library(self.templates), self.edition)

    @property
    def bounds(self) -> Bounds:
        """The bounds of received files."""
        return bounds_of(limits_for(None))

    def prepare(self) -> None:
        """Reads the templates, outside the bounds of the first report."""
        assert self.auditor

    def __call__(self, file: LoneFile) -> AuditedReport:
        from xlsxeval.audit import AuditedReport

        try:
            data = file.source if isinstance(file.source, bytes) else read_file(file.source, _LIMITS)
        except Rejected as rejected:
            return AuditedReport(self.auditor.rejected(file.name, "", rejected))
        return self.auditor.judge(file.name, data)

    def lost(self, file: LoneFile, lost: Lost) -> AuditedReport:
        """The verdict on a report whose audit did not finish."""
        from xlsxeval.audit import AuditedReport

        if isinstance(file.source, bytes):
            return AuditedReport(lost_verdict(file.name, "", len(file.source), lost))
        return AuditedReport(replace(lost_file(file.source, lost, _LIMITS), path=file.name))


_LIMITS = replace(Limits(), file_bytes=MOST_BYTES)


@dataclass(frozen=True, slots=True)
class AuditedFiles:
    """The audited reports in the order of the files; they are read from disk as they are asked for."""

    reports: Sequence[AuditedReport]
    plan: AuditPlan
    library: Library
    today: dt.date
    listener: Listener

    @property
    def verdicts(self) -> Sequence[Verdict]:
        return lazily(self.reports, lambda _, report: report.verdict)

    def pieces(self) -> Iterable[str]:
        """The result in the requested format, piece by piece."""
        return format_for(self.plan.style, self.plan.output).render(
            self.verdicts, OutputSources(self.library, self.today)
        )

    def write(self) -> None:
        """Writes the planned outputs, each whole or not at all."""
        if self.plan.output is not None:
            write_output(self.plan.output, self.pieces(), format_for(self.plan.style, self.plan.output))
            self.listener.tell(f"核对结果写到 {self.plan.output}")
        if self.plan.summary is not None:
            write_file(self.plan.summary, summary_table(self.reports, self.library).encode("utf-8-sig"))
            self.listener.tell(f"汇总写到 {self.plan.summary}")


@contextmanager
def audited_files(plan: AuditPlan, library: Library, today: dt.date, listener: Listener) -> Iterator[AuditedFiles]:
    """Audits the planned files. Reports can be read until the block ends.

    Raises UsageError before any file is read, for a path that does not exist, a folder without reports, or an output
    that would overwrite a report or a foreign file; DefinitionError for an unknown edition.
    """
    files = _report_paths(map(Path, plan.paths))
    if plan.output is not None:
        if plan.output.resolve() in {file.resolve() for file in files}:
            raise UsageError(f"{plan.output} 是要核对的报告，不能写在上面。请给 -o 换一个文件名。")
        refuse_foreign(plan.output, format_for(plan.style, plan.output), force=plan.force)
    if plan.summary is not None and plan.summary.exists() and not plan.force:
        raise UsageError(f"{plan.summary} 已经存在。请换一个文件名，或确认后加 --force。")
    work = AuditWork(library.directory, plan.edition)
    work.prepare()
    with Spool["AuditedReport"]() as reports:
        items = [LoneFile(file, str(file)) for file in files]
        reports.extend(listener.counted(each(work, items, plan.jobs), len(items), "核对"))
        yield AuditedFiles(reports, plan, library, today, listener)


def summary_table(reports: Iterable[AuditedReport], library: Library) -> str:
    """A CSV with a line for each report: unit, tables, findings by severity and by rule; the sums last."""
    rows = []
    every: Counter[str] = Counter()
    for report in reports:
        verdict = report.verdict
        codes = Counter(finding.code for finding in verdict.open)
        grave = Counter(finding.severity for finding in verdict.open)
        every += codes
        judged = sum(table.judged for table in report.tables)
        counts = [len(report.tables), judged, *(grave[severity] for severity in Severity)]
        about = verdict.subject.name if verdict.subject else "读不了"
        rows.append(([verdict.path, about], counts, codes))
    titles = catalogue(library, [])
    order = [code for code, _ in every.most_common()]
    text = io.StringIO()
    table = csv.writer(text)
    heads = ["文件", "单位", "认出的表", "核对的表", "错误", "请核对", "提示"]
    table.writerow([*heads, *(f"{code} {titles[code].title}" if code in titles else code for code in order)])
    for head, counts, codes in rows:
        table.writerow([*map(_safe, head), *counts, *(codes[code] or "" for code in order)])
    sums = [sum(counts[index] for _, counts, _ in rows) for index in range(5)]
    table.writerow(["合计", f"{len(rows)} 份", *sums, *(every[code] for code in order)])
    return text.getvalue()


def _safe(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _report_paths(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.casefold() in REPORTS and file.is_file())
            inside = [file for file in inside if not file.name.startswith(("~$", "."))]
            if not inside:
                raise UsageError(f"文件夹 {path} 里没有报告（{'、'.join(REPORTS)}）。请检查路径。")
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    return list(dict.fromkeys(found))
