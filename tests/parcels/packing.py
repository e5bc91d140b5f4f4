"""Parcels as people and their programs pack them."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable

_DAY = (2025, 3, 1, 9, 0, 0)  # a fixed one: the same input gives the same bytes
Files = Iterable[tuple[str | bytes, bytes]]


def archive(files: Files, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive. A name that is bytes stands in it as it is, without the mark of UTF-8, as Windows writes it."""
    buffer = io.BytesIO()
    names: list[tuple[bytes, bytes]] = []
    with zipfile.ZipFile(buffer, "w", method) as packed:
        for number, (name, content) in enumerate(files):
            if isinstance(name, bytes):
                stand_in = f"{number:04d}".ljust(len(name), "#")[: len(name)]
                names.append((stand_in.encode(), name))
                name = stand_in
            packed.writestr(zipfile.ZipInfo(name, _DAY), content, method)
    data = buffer.getvalue()
    for stand_in, name in names:
        assert data.count(stand_in) == 2
        data = data.replace(stand_in, name)
    return data


def attachment(disposition: bytes, content: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    """A part of a mail with its headers as given."""
    headers = b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n"
    if disposition:
        headers += b"Content-Disposition: " + disposition + b"\r\n"
    return headers + b"\r\n" + base64.encodebytes(content).replace(b"\n", b"\r\n")


def mail(*parts: bytes, headers: bytes = b"Subject: =?utf-8?B?5oql6KGo?=\r\nFrom: a@example.org\r\n") -> bytes:
    """A saved mail with a text and these parts."""
    body = b"Content-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n"
    edge = b"=_%d" % len(b"".join(parts))
    lines = b"".join(b"--" + edge + b"\r\n" + part + b"\r\n" for part in (body, *parts))
    date = b"Date: Sat, 01 Mar 2025 09:30:00 +0800\r\nMIME-Version: 1.0\r\n"
    return (
        headers
        + date
        + b'Content-Type: multipart/mixed; boundary="'
        + edge
        + b'"\r\n\r\n'
        + lines
        + b"--"
        + edge
        + b"--\r\n"
    )
