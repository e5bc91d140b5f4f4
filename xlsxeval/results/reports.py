"""Writes reports as files: decides which are written, under which name, and sets older ones aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Unit
from xlsxeval.judging.units import Joined
from xlsxeval.model import Severity
from xlsxeval.report import OPEN_ERRORS, ReportError, Review, report_bytes
from xlsxeval.results.documents import DocumentKind, put_document, put_pdf, with_page_numbers
from xlsxeval.rules.verdict import Verdict

_MOST_NUMBERED = 20
"""Most reports whose contents get page numbers, which costs a start of LibreOffice each; Word counts the others."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Reason why a report was not written, and the next step for the user, if any."""

    reason: str
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """The written files, the reports that were held back, and the units that returned nothing."""

    written: tuple[Path, ...]
    held_back: tuple[HeldBack, ...]
    absent: tuple[Unit, ...] = ()


@dataclass
class WrittenReports:
    """Collects written files and reasons for missing reports; the reasons are reported to ``listener`` at once."""

    listener: Listener = SILENT
    written: list[Path] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)

    def hold(self, held: HeldBack) -> None:
        """Records that a report was held back, and reports the reason."""
        self.held_back.append(held)
        self.listener.tell(held.reason, held.step)

    def put(self, path: Path) -> None:
        """Records a written file."""
        self.written.append(path)

    def outcome(self, absent: Sequence[Unit] = ()) -> ReportOutcome:
        """The complete outcome; ``absent`` are units that returned nothing."""
        return ReportOutcome(tuple(self.written), tuple(self.held_back), tuple(absent))


def write_reports(
    joined: Sequence[Joined],
    template: Path,
    output: Path,
    *,
    force: bool = False,
    draft: dt.date | None = None,
    pdf: bool = False,
    charts: bool = False,
    number: Callable[[bytes], bytes] | None = None,
    note: Callable[[Verdict, Path], None] = lambda verdict, path: None,
    listener: Listener = SILENT,
) -> WrittenReports:
    """Writes a report for every submission; a fault in one unit's file does not stop the others.

    ``draft`` is the date of its comments: open findings are then marked, and errors hold nothing back. ``charts``
    adds a page of charts at the end. ``number`` fills in the pages of the contents, by default as :func:`numbering`
    does; ``note`` is called for each written report.
    """
    outcome = WrittenReports(listener)
    units = [one.submission.unit.code for one in joined if one.submission]
    number = number or numbering(len(units), listener)
    told_fonts = False
    for one in joined:
        verdict, submission = one.verdict, one.submission
        reason = reason_against(one, units, written_anyway=force or draft is not None)
        if reason or submission is None:
            outcome.hold(reason or HeldBack(f"{verdict.path}：读不了，没有写报告"))
            continue
        errors = _errors(verdict) > 0
        kind = DocumentKind.DRAFT if draft else kind_of(verdict)
        review = Review(verdict.open, draft) if draft else None
        try:
            content = report_bytes(
                submission,
                template,
                charts=charts,
                digest=verdict.sha256,
                review=review,
                watermark=OPEN_ERRORS if errors else None,
            )
            title = report_title(submission.unit.code, submission.unit.name, submission.identity.seal.campaign.year)
            path = put_document(output, title, kind, number(content), listener)
            outcome.put(path)
            note(verdict, path)
            if pdf:
                outcome.put(put_pdf(path, SILENT if told_fonts else listener))
                told_fonts = True
        except (ReportError, UsageError) as error:
            outcome.hold(HeldBack(f"{verdict.path}：报告没有写成：{error}"))
        except OSError as error:
            detail = f"{verdict.path}：报告写不到 {output}（{error.strerror}），请看看是不是在 Word 里打开着"
            outcome.hold(HeldBack(detail))
    return outcome


def numbering(count: int, listener: Listener = SILENT) -> Callable[[bytes], bytes]:
    """The function that fills in the contents' pages; for more than 20 reports this is left to Word, and reported."""
    if count <= _MOST_NUMBERED:
        return with_page_numbers
    listener.tell(f"报告多于 {_MOST_NUMBERED} 份，目录的页码留给 Word：打开时它会问要不要更新，答“是”。")
    return bytes


def report_title(code: str, name: str, year: int) -> str:
    """Title such as ``430200101 某某局 2024年度绩效自评报告``, made from the seal; never taken from a file's name."""
    return f"{code} {name} {year}年度绩效自评报告"


def kind_of(verdict: Verdict) -> DocumentKind:
    """Kind of a report, by the open errors in its figures."""
    return DocumentKind.FORCED if _errors(verdict) else DocumentKind.FINAL


def reason_against(one: Joined, units: Sequence[str], *, written_anyway: bool) -> HeldBack | None:
    """Reason why no report is written, or None. ``units`` are the codes of all returns, one for each file."""
    verdict = one.verdict
    path, subject = verdict.path, verdict.subject
    if subject is None:
        why = "；".join(finding.message for finding in verdict.findings)
        return HeldBack(f"{path}：读不了，没有写报告（{why}）")
    if one.doubt:
        return HeldBack(f"{path}：单位 {subject.code} 的{one.doubt}，没有写报告")
    if units.count(subject.code) > 1:
        return HeldBack(f"{path}：单位 {subject.code} 收到几份表", Step(NextStep.NAME_FILES))
    errors = _errors(verdict)
    if errors and not written_anyway:
        codes = "、".join(sorted({f.code for f in verdict.open if f.severity is Severity.ERROR}))
        return HeldBack(f"{path}：还有 {errors} 处错误没有改（{codes}），没有写报告", Step(NextStep.FORCE_REPORT))
    return None


def _errors(verdict: Verdict) -> int:
    return sum(finding.severity is Severity.ERROR for finding in verdict.open)
