"""Submission and template → the bytes of the report."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.intake.submission import Submission
from xlsxeval.report.attachments import insert_attachments
from xlsxeval.report.captions import number_captions
from xlsxeval.report.charts import append_charts
from xlsxeval.report.contents import insert_contents
from xlsxeval.report.context import report_context
from xlsxeval.report.drawn_sheets import Drawn
from xlsxeval.report.errors import ReportError
from xlsxeval.report.figures import figures
from xlsxeval.report.filling import filled
from xlsxeval.report.inline import insert_tables
from xlsxeval.report.package import document_bytes
from xlsxeval.report.properties import add_origin, report_date
from xlsxeval.report.review import Review, write_comments
from xlsxeval.report.stranded import keep_typed_headings
from xlsxeval.report.watermark import stamp


def report_bytes(
    submission: Submission,
    template: Path,
    *,
    charts: bool = False,
    digest: str = "",
    review: Review | None = None,
    watermark: str | None = None,
) -> bytes:
    """The Word report of a unit as a docx; the same submission and template give the same bytes.

    Amounts are in 万元, rates shares of 1. ``charts`` adds a page of charts at the end; ``digest`` is the SHA-256 of the
    received file, which the document's properties keep. Nothing is written to disk, and open findings are the caller's
    business: those in ``review`` become comments, and ``watermark`` stands across every page.
    Raises ReportError where the template cannot be read, has broken tags, or names a field that does not exist.
    """
    context = report_context(submission)
    drawn: list[Drawn] = []
    try:
        document = filled(template, context)
        keep_typed_headings(document)
        insert_tables(document, submission, drawn)
        insert_attachments(document, context["attachments"], submission, drawn)
        if review is not None:
            write_comments(document, review, drawn, submission)
        if charts:
            append_charts(document, figures(context), submission)
        insert_contents(document, submission)
        number_captions(document)
        add_origin(document, submission, digest)
    except ReportError as error:
        raise ReportError(f"{template}: {error}") from error
    if watermark is not None:
        stamp(document, watermark)
    return document_bytes(document, report_date(submission))
