"""A docx as bytes that are the same for the same content: no clock, a fixed order of members."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from docx.document import Document

FIXED_DATE = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
"""Creation and modification date of a document without a date of its own."""

_FIRST = "[Content_Types].xml"


def document_bytes(document: Document, date: dt.date | None = None) -> bytes:
    """The document as a docx, its core properties dated ``date`` or else :data:`FIXED_DATE`."""
    properties = document.core_properties
    day = dt.datetime(date.year, date.month, date.day) if date else FIXED_DATE.replace(tzinfo=None)
    properties.created = properties.modified = day
    properties.revision = 1
    return saved(document)


def saved(document: Document) -> bytes:
    """The document as a docx, its properties as they are."""
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _undated(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, FIXED_DATE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return buffer.getvalue()
