"""Parcels as people and their programs pack them."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from collections.abc import Iterable

_DAY = (2025, 3, 1, 9, 0, 0)  # a fixed one: the same input gives the same bytes
Files = Iterable[tuple[str | bytes, bytes]]
Streams = dict[str, bytes]
"""The streams of a compound file by their paths."""
_PROPERTY = struct.Struct("<HHLQ")
"""Type, number, flags and value of a property of a mail."""


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


def outlook_mail(
    subject: str, attached: Iterable[tuple[str | bytes, bytes | Streams]], *, sent: int | None = 133852662000000000
) -> Streams:
    """A mail as Outlook saves it, as the streams of a compound file. A name that is bytes is in no Unicode.

    ``attached`` are contents or further mails. ``sent`` counts since 1601 in
    tenths of microseconds: the 1st of March 2025, 09:30 in China, unless told.
    """
    times = b"" if sent is None else _PROPERTY.pack(0x40, 0x39, 6, sent)
    streams: Streams = {
        "__properties_version1.0": bytes(32) + times,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "某某局".encode("utf-16-le"),
        "__substg1.0_0C1F001F": "a@example.org".encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(attached):
        folder = f"__attach_version1.0_#{number:08X}/"
        streams[f"{folder}__properties_version1.0"] = bytes(8)
        kind, raw = ("001E", name) if isinstance(name, bytes) else ("001F", name.encode("utf-16-le"))
        streams[f"{folder}__substg1.0_3707{kind}"] = raw
        if isinstance(content, bytes):
            streams[f"{folder}__substg1.0_37010102"] = content
        else:
            streams |= {f"{folder}__substg1.0_3701000D/{path}": part for path, part in content.items()}
    return streams


def inner_mail(subject: str, attached: Iterable[tuple[str | bytes, bytes | Streams]]) -> Streams:
    """The same for a mail within a mail, whose properties begin elsewhere."""
    streams = outlook_mail(subject, attached)
    head = "__properties_version1.0"
    return streams | {head: streams[head][8:]}
