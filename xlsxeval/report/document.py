"""Submission and template → the bytes of the report."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.intake.submission import Submission
from xlsxeval.report.attachments import insert_attachments
from xlsxeval.report.context import report_context
from xlsxeval.report.errors import ReportError
from xlsxeval.report.inline import insert_tables
from xlsxeval.report.package import document_bytes
from xlsxeval.report.template import fill


def report_bytes(submission: Submission, template: Path) -> bytes:
    """The Word report of a unit as a docx; the same submission and template give the same bytes.

    Amounts are in 万元, rates shares of 1. Nothing is written to disk, and open findings are the caller's business.
    Raises ReportError where the template cannot be read, has broken tags, or names a field that does not exist.
    """
    context = report_context(submission)
    try:
        document = fill(template, context)
        insert_tables(document, submission)
        insert_attachments(document, context["attachments"], submission)
    except ReportError as error:
        raise ReportError(f"{template}: {error}") from error
    return document_bytes(document)
