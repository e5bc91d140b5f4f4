"""Submission and template → the bytes of the report."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.intake.submission import Submission
from xlsxeval.report.attachments import insert_attachments
from xlsxeval.report.context import report_context
from xlsxeval.report.drawing import Drawn
from xlsxeval.report.errors import ReportError
from xlsxeval.report.inline import insert_tables
from xlsxeval.report.package import document_bytes
from xlsxeval.report.review import Review, write_comments
from xlsxeval.report.template import fill
from xlsxeval.report.watermark import stamp


def report_bytes(
    submission: Submission, template: Path, *, review: Review | None = None, watermark: str | None = None
) -> bytes:
    """The Word report of a unit as a docx; the same submission and template give the same bytes.

    Amounts are in 万元, rates shares of 1. Nothing is written to disk, and open findings are the caller's business:
    those in ``review`` become comments, and ``watermark`` stands across every page.
    Raises ReportError where the template cannot be read, has broken tags, or names a field that does not exist.
    """
    context = report_context(submission)
    drawn: list[Drawn] = []
    try:
        document = fill(template, context)
        insert_tables(document, submission, drawn)
        insert_attachments(document, context["attachments"], submission, drawn)
    except ReportError as error:
        raise ReportError(f"{template}: {error}") from error
    if review is not None:
        write_comments(document, review, drawn, submission)
    if watermark is not None:
        stamp(document, watermark)
    return document_bytes(document)
