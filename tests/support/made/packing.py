"""Parcels of a made campaign: archives and saved mails with a date of their own."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

from tests.parcels.packing import mail

_FIXED = b"Sat, 01 Mar 2025 09:30:00 +0800"
_CHINA = dt.timezone(dt.timedelta(hours=8))


def letter(subject: bytes, sender: bytes, moment: dt.datetime, *parts: bytes) -> bytes:
    """A saved mail of that moment; headers are as they stand on the wire."""
    made = mail(*parts, headers=b"Subject: " + subject + b"\r\nFrom: " + sender + b"\r\n")
    assert made.count(_FIXED) == 1
    return made.replace(_FIXED, format_datetime(moment.astimezone(_CHINA)).encode())
