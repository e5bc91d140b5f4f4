"""The age of an interpreter: it reads files of strangers, so an old one is told."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Final

OLDEST: Final = dt.timedelta(days=365)


def age_warning(what: str, version: str, date: str, today: dt.date) -> str:
    """A warning where an interpreter is over twelve months old, else empty. ``date`` is written as 2026-01-31."""
    age = today - dt.date.fromisoformat(date)
    if age <= OLDEST:
        return ""
    return (
        f"warning: {what} ({version}) is of {date}, {age.days // 30} months old. It reads hostile files: "
        "take a newer one with --python-zip FILE (python.org's embeddable archive), or lock a newer one."
    )


def warn_of_age(what: str, version: str, date: str) -> None:
    """Writes the warning to stderr where there is one."""
    told = age_warning(what, version, date, dt.datetime.now(dt.UTC).date())
    if told:
        sys.stderr.write(f"{told}\n")
