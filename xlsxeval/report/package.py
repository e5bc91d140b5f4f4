"""A docx as bytes that are the same for the same content: no clock, a fixed order of members."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from docx.document import Document

FIXED_DATE = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
"""Creation and modification date of every document made here: a report's own date stands in its text."""

_FIRST = "[Content_Types].xml"


def document_bytes(document: Document) -> bytes:
    """The document as a docx, its core properties dated :data:`FIXED_DATE`."""
    properties = document.core_properties
    properties.created = properties.modified = FIXED_DATE.replace(tzinfo=None)
    properties.revision = 1
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
