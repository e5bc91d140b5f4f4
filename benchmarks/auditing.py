"""An audit of a published report beside the bare libraries: reading it with python-docx, extracting it with pdfplumber.

The libraries only give texts; the audit recognises the tables, computes and applies every rule. Memory is that after a
hundred and after many reports of one process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pdfplumber
from docx import Document

from benchmarks.harness import Cell, Contender, Table, Thoroughness, side_by_side
from tests.support.published.files import as_page, as_pdf, as_word
from tests.support.published.sources import published
from xlsxeval.audit import Auditor
from xlsxeval.audit.documents.reader import read_report
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory

SAMPLE = "zhuzhou-2024"


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """A report of eight forms on some twenty pages, as Word and as PDF; then memory."""
    auditor = Auditor(Library(templates_directory()))
    report = published(SAMPLE)
    word, _ = as_word(report)
    pdf, _ = as_pdf(report)
    size = f"{len(report.forms)} forms, {len(report.paragraphs)} paragraphs"
    contenders = [
        Contender("python-docx, all texts", lambda: _texts(word)),
        Contender("xlsxeval, the report read", lambda: read_report(word)),
        Contender("xlsxeval audit", lambda: auditor.judge("r.docx", word)),
    ]
    yield side_by_side("audit", "An audit of a Word report", contenders, thoroughness.rounds, [size])
    contenders = [
        Contender("pdfplumber, tables and text", lambda: _extracted(pdf)),
        Contender("xlsxeval, the report read", lambda: read_report(pdf)),
        Contender("xlsxeval audit", lambda: auditor.judge("r.pdf", pdf)),
    ]
    yield side_by_side("audit", "An audit of a PDF report", contenders, thoroughness.rounds, [size])
    page, _ = as_page(published("yiyang-2022"))
    few, many = (20, 60) if thoroughness.quick else (100, 1_000)
    rows: list[Sequence[Cell]] = []
    done = 0
    for count in (few, many):
        while done < count:
            auditor.judge("r.html", page)
            done += 1
        rows.append((f"{count}", f"{_resident():.0f}"))
    yield Table("audit", "Memory of one process after that many reports", ["reports", "MiB"], rows, [])


def _resident() -> float:
    """Resident memory of this process in MiB; 0 where the system does not tell."""
    try:
        with Path("/proc/self/status").open(encoding="ascii") as status:
            line = next(line for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0.0
    return int(line.split()[1]) / 1024


def _texts(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def _extracted(data: bytes) -> list[object]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(page.extract_tables(), page.extract_text()) for page in document.pages]
