"""Saved mails (.eml): who sent what when, and what was attached, whichever way the mail program wrote the names."""

from __future__ import annotations

import datetime as dt
import email
import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from xlsxeval.fault_codes import FaultCode
from xlsxeval.parcels.kind import ParcelKind
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.names import decoded
from xlsxeval.parcels.piece import Origin
from xlsxeval.parcels.unopened import refusal

UNNAMED = "没有名字的附件"
_ENCODED = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")
_PLAIN_NAME = re.compile(r'(?:file)?name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)
_EXTENDED_NAME = re.compile(r"(?:file)?name(?:\*(\d+))?(\*)?\s*=\s*(?:\"([^\"]*)\"|([^;\s]+))", re.IGNORECASE)
_SPOILED = re.compile("[\ufffd\udc80-\udcff]")
_BODIES = ("text/plain", "text/html", "text/calendar", "text/rfc822-headers", "message/delivery-status")

Attached = tuple[str, bytes]


def read_mail(data: bytes, limits: ParcelLimits, outer: Origin) -> tuple[Origin, list[Attached]]:
    """How a mail came, and its attachments; an attached mail is one of them, as bytes. What it lacks ``outer`` tells.

    Raises Unopened: F014 a mail without attachments, or no mail at all; F011 too many parts.
    """
    try:
        message = email.message_from_bytes(data, policy=policy.default)
        attached = list(_attached(message, limits))
    except (RecursionError, MessageError, LookupError, ValueError, TypeError, AttributeError):
        raise refusal(
            FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "邮件的格式不对，附件取不出来；请在邮箱里把附件另存出来"
        ) from None
    if not attached:
        raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "邮件里没有附件（正文里的图片不算）")
    return Origin(
        subject=_header(message, "subject") or outer.subject,
        sender=_header(message, "from") or outer.sender,
        received_at=_date(message) or outer.received_at,
    ), attached


def _attached(message: Message, limits: ParcelLimits) -> Iterator[Attached]:
    """The attachments of one mail; mails within it are not looked into here."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > limits.pieces:
            raise refusal(FaultCode.TOO_MANY_PARTS, f"邮件的部分超过 {limits.pieces} 个")
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for mail in _inner(part)[:1]:
                subject = _header(mail, "subject") or "转发的邮件"
                yield f"{subject.replace('/', '_')}.eml", mail.as_bytes(policy=policy.compat32)
            continue
        if part.is_multipart() or kind.startswith("multipart/"):
            waiting += reversed(_inner(part))
            continue
        name = _file_name(part)
        if (name is None and kind in _BODIES) or _is_decoration(part, kind):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield name or UNNAMED, content


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_decoration(part: Message, kind: str) -> bool:
    """A picture that the text shows: signatures and logos."""
    disposition = str(part.get("content-disposition", "")).casefold()
    return kind.startswith("image/") and "content-id" in part and not disposition.startswith("attachment")


def _file_name(part: Message) -> str | None:
    """An attachment's name: by RFC 2231, as an encoded word (which no standard allows and many send), or as bare bytes."""
    for header in ("content-disposition", "content-type"):
        raw = _raw(part, header)
        name = _extended(raw) or _plain(raw)
        if name:
            return name
    return None


def _raw(part: Message, name: str) -> str:
    """A header as it stands in the mail, on one line; bytes that are no ASCII are in it as surrogates."""
    value = next((str(value) for key, value in part.raw_items() if key.casefold() == name), "")
    return re.sub(r"\r?\n[ \t]?", " ", value)


def _extended(raw: str) -> str | None:
    """``filename*=GBK''%B1%ED.xlsx``, also cut into pieces ``filename*0*=…; filename*1*=…``."""
    pieces: dict[int, bytes] = {}
    for match in _EXTENDED_NAME.finditer(raw):
        number, percent, quoted, bare = match.groups()
        if number is None and percent is None:
            continue
        text = quoted if quoted is not None else bare
        pieces[int(number or 0)] = unquote_to_bytes(text) if percent else text.encode("utf-8", "surrogateescape")
    if not pieces:
        return None
    whole = b"".join(content for _, content in sorted(pieces.items()))
    charset, found, rest = whole.partition(b"'")
    _, again, text = rest.partition(b"'")
    if not (found and again):
        return decoded(whole)
    return _text(text, charset.decode("ascii", "replace"))


def _plain(raw: str) -> str | None:
    match = _PLAIN_NAME.search(raw)
    if match is None:
        return None
    quoted, bare = match.groups()
    if bare is None:
        bare = re.sub(r"\\(.)", r"\1", quoted)
    return _words(bare)


def _words(text: str) -> str:
    """A text with its encoded words resolved. Words that follow one another may be cut within a character."""
    if _SPOILED.search(text):
        text = decoded(text.encode("utf-8", "surrogateescape"))
    if not _ENCODED.search(text):
        return text.strip()
    joined: list[tuple[bytes, str | None]] = []
    for content, charset in decode_header(_ENCODED.sub(lambda match: f" {match.group()} ", text)):
        content = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
        charset = charset.casefold() if charset else None
        if charset is None and not content.strip():
            continue
        if joined and charset is not None and joined[-1][1] == charset:
            joined[-1] = (joined[-1][0] + content, charset)
        else:
            joined.append((content if charset else content.strip(), charset))
    return "".join(_text(content, charset or "") for content, charset in joined).strip()


def _text(content: bytes, charset: str) -> str:
    """Bytes by the name of their encoding; what calls itself GB2312 is often more than that."""
    charset = charset.casefold()
    try:
        return content.decode("gb18030" if charset.startswith(("gb", "x-gbk", "cp936")) else charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return decoded(content)


def _header(message: Message, name: str) -> str | None:
    return _words(_raw(message, name)) or None


def _date(message: Message) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(_raw(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)


KIND = ParcelKind("邮件", suffixes=(".eml",), members=read_mail)
