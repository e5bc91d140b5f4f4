"""Submission and template → the bytes of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import TypedDict, Unpack

from docx.document import Document

from xlsxeval.intake.submission import Submission
from xlsxeval.report.attachments import Attachments, insert_attachments
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
from xlsxeval.report.table import DrawnTable
from xlsxeval.report.watermark import stamp


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report's bytes, and the tables that were drawn into it, in the document's order."""

    data: bytes
    tables: Sequence[DrawnTable]


class Extras(TypedDict, total=False):
    """What a report may have besides its text and attachments."""

    charts: bool
    """Whether a page of charts stands at the end."""
    digest: str
    """SHA-256 of the received file, which the document's properties keep."""
    review: Review | None
    """Findings that become comments."""
    watermark: str | None
    """Words across every page."""


def report_bytes(submission: Submission, template: Path, **extras: Unpack[Extras]) -> bytes:
    """The bytes of :func:`made_report`."""
    return made_report(submission, template, **extras).data


def made_report(submission: Submission, template: Path, **extras: Unpack[Extras]) -> MadeReport:
    """The Word report of a unit as a docx; the same submission and template give the same bytes.

    Amounts are in 万元, rates shares of 1. Nothing is written to disk, and open findings are the caller's business.
    Raises ReportError where the template cannot be read, has broken tags, or names a field that does not exist.
    """
    context = report_context(submission)
    try:
        document = filled(template, context)
        drawn = complete(document, submission, context["attachments"], **extras)
    except ReportError as error:
        raise ReportError(f"{template}: {error}") from error
    if (watermark := extras.get("watermark")) is not None:
        stamp(document, watermark)
    return MadeReport(document_bytes(document, report_date(submission)), [one.table for one in drawn])


def complete(
    document: Document, submission: Submission, attachments: Attachments, **extras: Unpack[Extras]
) -> list[Drawn]:
    """Draws into a filled template what no tag can make. Raises ReportError where the template has no place for it."""
    drawn: list[Drawn] = []
    try:
        keep_typed_headings(document)
        insert_tables(document, submission, drawn)
        insert_attachments(document, attachments, submission, drawn)
        if (review := extras.get("review")) is not None:
            write_comments(document, review, drawn, submission)
        if extras.get("charts"):
            append_charts(document, figures(report_context(submission)), submission)
        insert_contents(document, submission)
        number_captions(document)
        add_origin(document, submission, extras.get("digest", ""))
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:  # of parts that Word always writes
        where = extract_tb(error.__traceback__)[-1].name
        raise ReportError(
            f"模板里缺少 Word 文档该有的部分，报告写不成（{type(error).__name__}，{where}）。请用 Word 打开它，另存为 .docx 再试。"
        ) from error
    return drawn
