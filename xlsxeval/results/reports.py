"""Reports as files: which are written, under which name, and what becomes of an older one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlsxeval.cli.console import say
from xlsxeval.errors import UsageError
from xlsxeval.judging.units import Joined
from xlsxeval.model import Severity
from xlsxeval.report import OPEN_ERRORS, ReportError, Review, report_bytes
from xlsxeval.results.documents import DocumentKind, put_document, put_pdf, with_page_numbers
from xlsxeval.rules.verdict import Verdict

_MOST_NUMBERED = 20
"""Page numbers of the contents cost a start of LibreOffice a report; of more reports Word counts them itself."""


@dataclass
class WrittenReports:
    """What was written, and why the rest was held back."""

    written: list[Path] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)

    def hold(self, reason: str) -> None:
        """Says at once why a report is not there."""
        self.held_back.append(reason)
        say(reason)


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
) -> WrittenReports:
    """Writes a report for every submission; what one unit's file does wrong never stops the others.

    With ``draft``, the day that its comments carry, open findings are marked and errors hold nothing back. ``charts``
    adds a page of charts at the end. ``number`` fills in the pages of the contents, by default as :func:`numbering` does;
    ``note`` is told of each report that was written.
    """
    outcome = WrittenReports()
    units = [one.submission.unit.code for one in joined if one.submission]
    number = number or numbering(len(units))
    for one in joined:
        verdict, submission = one.verdict, one.submission
        reason = reason_against(one, units, written_anyway=force or draft is not None)
        if reason or submission is None:
            outcome.hold(reason or f"{verdict.path}：读不了，没有写报告")
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
            path = put_document(output, title, kind, number(content))
            outcome.written.append(path)
            note(verdict, path)
            if pdf:
                outcome.written.append(put_pdf(path))
        except (ReportError, UsageError) as error:
            outcome.hold(f"{verdict.path}：报告没有写成：{error}")
        except OSError as error:
            outcome.hold(f"{verdict.path}：报告写不到 {output}（{error.strerror}），请看看是不是在 Word 里打开着")
    return outcome


def numbering(count: int) -> Callable[[bytes], bytes]:
    """What fills in the pages of the contents of so many reports: nothing, and that is said, where they are too many."""
    if count <= _MOST_NUMBERED:
        return with_page_numbers
    say(f"报告多于 {_MOST_NUMBERED} 份，目录的页码留给 Word：打开时它会问要不要更新，答“是”。")
    return bytes


def report_title(code: str, name: str, year: int) -> str:
    """``430200101 某某局 2024年度绩效自评报告``: from the seal, never from a received file's name."""
    return f"{code} {name} {year}年度绩效自评报告"


def kind_of(verdict: Verdict) -> DocumentKind:
    """What a report is by what is open in its figures."""
    return DocumentKind.FORCED if _errors(verdict) else DocumentKind.FINAL


def reason_against(one: Joined, units: Sequence[str], *, written_anyway: bool) -> str | None:
    """Why no report is written, or None. ``units`` are the codes of all that came, one for each file."""
    verdict = one.verdict
    path, subject = verdict.path, verdict.subject
    if subject is None:
        return f"{path}：读不了，没有写报告（{'；'.join(finding.message for finding in verdict.findings)}）"
    if one.doubt:
        return f"{path}：单位 {subject.code} 的{one.doubt}，没有写报告"
    if units.count(subject.code) > 1:
        return f"{path}：单位 {subject.code} 收到几份表，请用 --from 指定用哪一份"
    errors = _errors(verdict)
    if errors and not written_anyway:
        codes = "、".join(sorted({f.code for f in verdict.open if f.severity is Severity.ERROR}))
        ways = "先看样子可以加 --force，要看标在哪里可以加 --draft"
        return f"{path}：还有 {errors} 处错误没有改（{codes}），没有写报告；{ways}"
    return None


def _errors(verdict: Verdict) -> int:
    return sum(finding.severity is Severity.ERROR for finding in verdict.open)
