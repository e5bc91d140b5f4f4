"""What the columns hold that is more than a number or a truth."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Text, TypeDecorator
from sqlalchemy.engine import Dialect


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC as ISO text, so that it sorts, and is the same, in every database and in every export."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class Words(TypeDecorator[str]):
    """A text that every database takes. Names of received files may hold what is no text: bytes that are no UTF-8, NUL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def instant_text(moment: dt.datetime) -> str:
    """``2025-03-01T08:30:00.000000Z``. Raises ValueError for a moment without its zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without its zone: {moment}")
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
