"""Saved mails (.eml): who sent what when, and what was attached, whichever way the mail program wrote the names.

Mails come from anybody, and the standard library's reading of them raises whatever its code happens to run into. Every
call of it is made behind ``_reading``; what is not readable of one part costs that part, and no other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.feedparser import BytesFeedParser
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from xlsxeval.fault_codes import FaultCode
from xlsxeval.parcels.kind import Member, ParcelKind
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.mail_words import by_charset, words
from xlsxeval.parcels.names import decoded, shown
from xlsxeval.parcels.piece import Origin
from xlsxeval.parcels.unopened import Unopened, refusal

UNNAMED = "没有名字的附件"
_CHUNK = 1 << 14
_PLAIN_NAME = re.compile(r'(?:file)?name[ \t]{0,9}=[ \t]{0,9}(?:"((?:[^"\\]|\\.)*)(?:"|\Z)|([^;\s]+))', re.IGNORECASE)
_EXTENDED_NAME = re.compile(
    r"(?:file)?name(?:\*(\d{1,4}))?(\*)?[ \t]{0,9}=[ \t]{0,9}(?:\"([^\"]*)(?:\"|\Z)|([^;\s]+))", re.IGNORECASE
)
_LONGEST_HEADER = 20_000
_EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
_LATEST = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
_BODIES = ("text/plain", "text/html", "text/calendar", "text/rfc822-headers", "message/delivery-status")


def read_mail(data: bytes, limits: ParcelLimits, outer: Origin) -> tuple[Origin, list[Member]]:
    """How a mail came, and its attachments; an attached mail is one of them, as bytes. What it lacks ``outer`` tells.

    Raises Unopened: F014 a mail without attachments, or no mail at all; F011 too many parts; F050 too long to read.
    """
    with _reading("邮件的格式不对，附件取不出来；请在邮箱里把附件另存出来"):
        message = _parsed(data, limits)
        attached = list(_attached(message, limits))
    if not attached:
        raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "邮件里没有附件（正文里的图片不算）")
    return Origin(
        subject=_header(message, "subject") or outer.subject,
        sender=_header(message, "from") or outer.sender,
        received_at=_date(message) or outer.received_at,
    ), attached


@contextmanager
def _reading(fault: str) -> Iterator[None]:
    """Turns whatever the library raises into a refusal with this fault."""
    try:
        yield
    except Unopened:
        raise
    except Exception:  # the library raises AttributeError, IndexError, AssertionError and more
        raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, fault) from None


def _parsed(data: bytes, limits: ParcelLimits) -> Message:
    """The mail, read piece by piece so that one that takes too long is given up."""
    parser: BytesFeedParser[Message] = BytesFeedParser(policy=policy.compat32)
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        limits.hold_time()
    return parser.close()


def _attached(message: Message, limits: ParcelLimits) -> Iterator[Member]:
    """The attachments of one mail; mails within it are not looked into here."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > limits.pieces:
            raise refusal(FaultCode.TOO_MANY_PARTS, f"邮件的部分超过 {limits.pieces} 个")
        limits.hold_time()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for mail in _inner(part)[:1]:
                yield _forwarded(mail, _raw(part, "content-transfer-encoding"))
            continue
        if part.is_multipart() or kind.startswith("multipart/"):
            waiting += reversed(_inner(part))
            continue
        name = _file_name(part)
        if (name is None and kind in _BODIES) or _is_decoration(part, kind):
            continue
        yield name or UNNAMED, _content(part)


def _content(part: Message) -> bytes | Unopened:
    try:
        with _reading("的编码不对，取不出来；请在邮箱里把它另存出来"):
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    except Unopened as error:
        return error


def _forwarded(mail: Message, encoding: str) -> Member:
    """An attached mail as a file of its own; some gateways encode it whole, which no standard allows."""
    if not mail.keys():  # what the parser took for a text
        mail["Content-Transfer-Encoding"] = encoding
        return "转发的邮件.eml", _content(mail)
    name = f"{(_header(mail, 'subject') or '转发的邮件').replace('/', '_')}.eml"
    try:
        with _reading("的格式不对，取不出来；请在邮箱里把它的附件另存出来"):
            return name, mail.as_bytes()
    except Unopened as error:
        return name, error


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_decoration(part: Message, kind: str) -> bool:
    """A picture that the text shows: signatures and logos."""
    disposition = _raw(part, "content-disposition").strip().casefold()
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
    return re.sub(r"\r?\n[ \t]?", " ", value[:_LONGEST_HEADER])


def _extended(raw: str) -> str | None:
    """``filename*=GBK''%B1%ED.xlsx``, also cut into pieces ``filename*0*=…; filename*1*=…``."""
    pieces: dict[int, bytes] = {}
    for match in _EXTENDED_NAME.finditer(raw):
        number, percent, quoted, bare = match.groups()
        if number is None and percent is None:
            continue
        text = (quoted if quoted is not None else bare).encode("utf-8", "surrogateescape")
        pieces[int(number or 0)] = unquote_to_bytes(text) if percent else text
    if not pieces:
        return None
    whole = b"".join(content for _, content in sorted(pieces.items()))
    charset, found, rest = whole.partition(b"'")
    _, again, text = rest.partition(b"'")
    if not (found and again):
        return decoded(whole)
    return by_charset(text, charset.decode("ascii", "replace"))


def _plain(raw: str) -> str | None:
    match = _PLAIN_NAME.search(raw)
    if match is None:
        return None
    quoted, bare = match.groups()
    if bare is None:
        bare = re.sub(r"\\(.)", r"\1", quoted)
    return words(bare)


def _header(message: Message, name: str) -> str | None:
    text = words(_raw(message, name))
    return shown(text, _LONGEST_HEADER) if text else None


def _date(message: Message) -> dt.datetime | None:
    """When the mail was sent; None for a date that is none, and for one that no calendar of today means."""
    try:
        moment = parsedate_to_datetime(_raw(message, "date"))
        moment = (moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except Exception:  # the library raises ValueError, TypeError, IndexError, OverflowError and more
        return None
    return moment if _EARLIEST <= moment <= _LATEST else None


KIND = ParcelKind("邮件", suffixes=(".eml",), members=read_mail)
