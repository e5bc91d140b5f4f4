"""Mails saved by Outlook (.msg): who sent what when, and what was attached. A mail within is handed on as a mail (.eml)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from xlsxeval.fault_codes import FaultCode
from xlsxeval.parcels.kind import Member, ParcelKind
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.names import decoded, shown
from xlsxeval.parcels.piece import Origin
from xlsxeval.parcels.unopened import Unopened, refusal

if TYPE_CHECKING:
    from oxmsg.storage import Storage

UNNAMED = "没有名字的附件"
_MOST_RECORDS = 8_000
"""Streams of one mail: the library looks each of them up in a list."""
_OF_MAIL, _OF_INNER_MAIL = 32, 24
"""Where the properties of each begin."""
_SUBJECT, _SENDER, _ADDRESSES, _TIMES = 0x0037, 0x0C1A, (0x5D01, 0x0C1F), (0x0039, 0x0E06)
_NAMES = (0x3707, 0x3704, 0x3001)
"""An attachment's name: the long one, the short one, the one that is displayed."""
_CONTENT, _INNER, _KIND, _CONTENT_ID = 0x3701, "__substg1.0_3701000D", 0x370E, 0x3712
_STRING, _STRING8, _BINARY = 0x001F, 0x001E, 0x0102


def read_outlook_mail(data: bytes, limits: ParcelLimits, outer: Origin) -> tuple[Origin, list[Member]]:
    """How a mail came, and its attachments. What it lacks ``outer`` tells.

    Raises Unopened: F014 a mail without attachments, or no mail at all; F011 too many parts; F010 more than there is.
    """
    mail = _loaded(data)
    attached = list(_attached(mail, limits, 0))
    if not attached:
        raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "邮件里没有附件（正文里的图片不算）")
    return Origin(
        subject=_text(mail, _SUBJECT) or outer.subject,
        sender=_sender(mail) or outer.sender,
        received_at=_moment(mail, _OF_MAIL) or outer.received_at,
    ), attached


def _loaded(data: bytes) -> Storage:
    from olefile import STGTY_STREAM, OleFileIO
    from oxmsg.storage import Storage

    try:
        with OleFileIO(io.BytesIO(data)) as container:
            _bound([one.size for one in container.direntries if one and one.entry_type == STGTY_STREAM], len(data))
            return Storage.from_ole(container)
    except Unopened:
        raise
    except Exception:  # a container can be broken in any way, and the libraries raise whatever they meet
        raise refusal(
            FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK,
            "不是 Outlook 的邮件，或已损坏，附件取不出来；请另存为 .eml，或把附件另存出来",
        ) from None


def _bound(sizes: list[int], whole: int) -> None:
    """Raises Unopened for what the library would take long for, or read over and over: several streams of one place."""
    if len(sizes) > _MOST_RECORDS:
        raise refusal(FaultCode.TOO_MANY_PARTS, f"邮件的部分超过 {_MOST_RECORDS} 个")
    if sum(sizes) > whole:
        raise refusal(FaultCode.TOO_LARGE, "邮件里写明的内容比邮件还大")


def _attached(mail: Storage, limits: ParcelLimits, depth: int) -> Iterator[Member]:
    """The attachments of one mail, each by itself: of one that is broken the others must not be lost."""
    for storage in mail.iter_attachment_storages():
        name = next((text for pid in _NAMES if (text := _text(storage, pid))), UNNAMED)
        inner = next((one for one in storage.storages if one.name == _INNER), None)
        content = _stream(storage, _CONTENT, _BINARY)
        if inner is not None:
            if depth < limits.depth:
                yield f"{name.replace('/', '_').removesuffix('.msg')}.eml", _as_mail(inner, limits, depth)
        elif content is None:
            yield name, refusal(FaultCode.INCOMPLETE_FILE, "没有随邮件发来（只有链接），或已损坏")
        elif not _is_decoration(storage):
            yield name, content


def _as_mail(inner: Storage, limits: ParcelLimits, depth: int) -> bytes:
    """A mail within a mail has no file of its own."""
    mail = EmailMessage()
    mail["Subject"] = shown(_text(inner, _SUBJECT) or "")
    if (moment := _moment(inner, _OF_INNER_MAIL)) is not None:
        mail["Date"] = format_datetime(moment)
    mail.set_content("")
    for name, content in _attached(inner, limits, depth + 1):
        if isinstance(content, bytes):
            mail.add_attachment(content, "application", "octet-stream", filename=shown(name))
    return mail.as_bytes()


def _is_decoration(attachment: Storage) -> bool:
    """A picture that the text shows: signatures and logos."""
    return bool(_text(attachment, _CONTENT_ID)) and (_text(attachment, _KIND) or "").startswith("image/")


def _sender(mail: Storage) -> str | None:
    name = _text(mail, _SENDER)
    address = next((text for pid in _ADDRESSES if "@" in (text := _text(mail, pid) or "")), None)
    return f"{name or ''} <{address}>".strip() if address else name


def _moment(mail: Storage, offset: int) -> dt.datetime | None:
    """When it was sent, else when it was delivered."""
    from oxmsg.properties import Properties

    for pid in _TIMES:
        try:
            moment = Properties(mail, offset).date_prop_value(pid)
        except Exception:
            return None
        if moment is not None:
            return moment
    return None


def _text(storage: Storage, pid: int) -> str | None:
    """A text: in Unicode, else as programs in China write it, whatever code page the mail names."""
    wide, narrow = _stream(storage, pid, _STRING), _stream(storage, pid, _STRING8)
    text = decoded(narrow or b"") if wide is None else wide.decode("utf-16-le", "replace")
    return text.strip("\0 ") or None


def _stream(storage: Storage, pid: int, kind: int) -> bytes | None:
    try:
        return storage.property_stream_bytes(pid, kind)
    except KeyError:
        return None


KIND = ParcelKind(
    "Outlook 的邮件",
    suffixes=(".msg",),
    members=read_outlook_mail,
)
