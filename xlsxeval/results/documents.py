"""Writes a document as a file, and its PDF. People edit documents in Word, so older ones are set aside."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path

from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.errors import UsageError
from xlsxeval.report import missing_fonts_note, numbered, to_pdf

_LONGEST = 80
"""Most characters of a name without its ending; a long title is cut, the mark is not."""


class DocumentKind(StrEnum):
    """Kind of a document, as its file's name marks it."""

    FINAL = ""
    FORCED = "（有错误未改，仅供内部查看）"
    DRAFT = "（草稿，仅供内部查看）"


def document_name(title: str, kind: DocumentKind) -> str:
    """Name such as ``430200101 某某局 2024年度绩效自评报告.docx``, marked where it is not for the public."""
    return file_name(title)[: _LONGEST - len(kind.value)].rstrip(" .") + kind.value + ".docx"


def put_document(folder: Path, title: str, kind: DocumentKind, content: bytes, listener: Listener = SILENT) -> Path:
    """Writes a document under the name of its kind; returns its path.

    A different one that exists there is set aside under another name. So are those of the other kinds, which are now
    outdated; a draft leaves them where they are.
    """
    path = folder / document_name(title, kind)
    for other in (
        (kind,) if kind is DocumentKind.DRAFT else (kind, *(other for other in DocumentKind if other is not kind))
    ):
        aside = set_aside(folder / document_name(title, other), content)
        if aside is not None:
            listener.tell(f"原来的报告改名为 {aside}")
    write_file(path, content)
    return path


def with_page_numbers(content: bytes) -> bytes:
    """The document with page numbers in its table of contents; unchanged where there is no LibreOffice.

    Word counts the pages itself when it opens the document.
    """
    try:
        return numbered(content)
    except UsageError:
        return content


def put_pdf(document: Path, listener: Listener = SILENT) -> Path:
    """Converts a written document to a PDF beside it; tells which of its fonts this machine has not."""
    path = document.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as folder:
        write_file(path, to_pdf(document, Path(folder)).read_bytes())
    note = missing_fonts_note(document.read_bytes())
    if note:
        listener.tell(f"{path.name}：{note}")
    return path
