"""The bytes of a published report → ReportFile, whichever of the kinds it is; personal data is blotted out on the way."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from xlsxeval.audit.documents.pdf import read_pdf
from xlsxeval.audit.documents.personal import blotted, blotted_cells
from xlsxeval.audit.documents.report_file import ReportFile
from xlsxeval.audit.documents.sheets import read_sheets
from xlsxeval.audit.documents.web_page import read_web_page
from xlsxeval.audit.documents.word import read_word
from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import OLE, REPORTS, ZIP
from xlsxeval.intake.rejected import refusal

MOST_BYTES = 50 * 1024 * 1024
_HEAD = 200_000


def read_report(data: bytes) -> ReportFile:
    """The report in a file. Raises Rejected (DOCUMENT_UNREADABLE or a code of workbooks), whatever the bytes are."""
    if len(data) > MOST_BYTES:
        raise refusal(
            FaultCode.DOCUMENT_UNREADABLE, f"文件有 {len(data) / 2**20:.1f} MB，最多读 {MOST_BYTES / 2**20:.0f} MB"
        )
    report = _read(data)
    return replace(
        report,
        lines=tuple(replace(line, text=blotted(line.text)) for line in report.lines),
        tables=tuple(replace(table, cells=blotted_cells(table.cells)) for table in report.tables),
    )


def _read(data: bytes) -> ReportFile:
    if data.lstrip()[:5] == b"%PDF-":
        return read_pdf(data)
    if data.startswith(ZIP):
        return read_sheets(data) if _is_workbook(data) else read_word(data)
    if data.startswith(OLE):
        raise refusal(
            FaultCode.DOCUMENT_UNREADABLE,
            "文件是旧版的 .doc、.xls，或者设有打开密码。请用 Word 或 WPS 另存为 .docx、.xlsx",
        )
    head = data[:_HEAD].lower()
    if any(mark in head.replace(b"\0", b"") for mark in (b"<html", b"<table", b"<body", b"<!doctype html", b"<p")):
        return read_web_page(data)
    raise refusal(FaultCode.DOCUMENT_UNREADABLE, f"认不出是什么文件，能读的是 {'、'.join(REPORTS)}")


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist()[:2_000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
