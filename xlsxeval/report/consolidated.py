"""The department's own report over all units of a campaign, from the same summary as the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxeval.report.consolidated_context import consolidated_context
from xlsxeval.report.errors import ReportError
from xlsxeval.report.filling import filled
from xlsxeval.report.package import document_bytes
from xlsxeval.report.watermark import stamp
from xlsxeval.rollup.summary import Summary

TEMPLATE = "consolidated.docx"


def consolidated_template(folders: Sequence[Path], edition: str) -> Path:
    """The template of an edition, ``consolidated-<edition>.docx``, where there is one; else that of all editions."""
    names = (f"consolidated-{edition}.docx", TEMPLATE)
    found = (folder / name for name in names for folder in folders if (folder / name).is_file())
    return next(found, folders[-1] / TEMPLATE)


def consolidated_bytes(summary: Summary, template: Path, *, watermark: str | None = None) -> bytes:
    """The report as a docx; the same summary and template give the same bytes.

    Raises ReportError where the template cannot be read, has broken tags, or names what is not there.
    """
    try:
        document = filled(template, consolidated_context(summary))
    except ReportError as error:
        raise ReportError(f"{template}: {error}") from error
    if watermark is not None:
        stamp(document, watermark)
    return document_bytes(document)
