"""A notice as a draft that mail programs open ready to be sent (.eml)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from mimetypes import guess_type

from xlsxeval.board.notices import Notice

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mail_bytes(notice: Notice, attachments: Mapping[str, bytes], to: str = "") -> bytes:
    """The draft with its attachments by name. Sender and date are left to who sends it, and the addressee where ``to`` is empty.

    The same notice and files give the same bytes.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = notice.subject
    if to:
        message["To"] = to
    message["X-Unsent"] = "1"  # Outlook then opens it to be sent, not as received
    message.set_content(notice.text, charset="utf-8", cte="base64")
    for name, content in attachments.items():
        kind = _XLSX if name.endswith(".xlsx") else guess_type(name)[0] or "application/octet-stream"
        main, sub = kind.split("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    if attachments:
        digest = hashlib.sha256(notice.text.encode() + b"\0".join(attachments.values())).hexdigest()
        message.set_boundary(f"=_{digest[:32]}")
    return message.as_bytes()


def is_mail_address(text: str) -> bool:
    """Whether a text can be the address of a mail: one line, one @, nothing that begins another header or recipient."""
    name, sign, host = text.partition("@")
    strange = set(text) & set(" \t\r\n<>,;:\"'\\()[]")
    return (
        bool(name and sign and "." in host and "@" not in host) and not strange and text.isascii() and len(text) < 255
    )
