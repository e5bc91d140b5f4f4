"""The interpreter and the libraries in it that read what strangers send, with their versions and dates."""

from __future__ import annotations

import datetime as dt
import platform
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from xlsxeval.levels.signing import library_version

OLD: Final = dt.timedelta(days=365)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXPAT: Final = {
    "2.4.9": "2022-09-20",
    "2.5.0": "2022-10-25",
    "2.6.0": "2024-02-06",
    "2.6.1": "2024-02-29",
    "2.6.2": "2024-03-13",
    "2.6.3": "2024-09-04",
    "2.6.4": "2024-11-06",
    "2.7.0": "2025-03-13",
    "2.7.1": "2025-03-27",
    "2.7.2": "2025-09-16",
    "2.7.3": "2025-09-24",
    "2.7.4": "2026-01-31",
    "2.7.5": "2026-03-17",
    "2.8.0": "2026-04-24",
    "2.8.1": "2026-05-10",
    "2.8.2": "2026-06-25",
    "2.8.3": "2026-08-10",
}
"""Dates of releases, from expat's list of changes; the library does not tell its own."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the program that is no package. ``date`` is None where neither the part nor its makers' list tells it."""

    name: str
    version: str
    date: dt.date | None

    def is_old(self, today: dt.date) -> bool:
        """Whether it is over twelve months old, which is too old for what reads hostile files."""
        return self.date is not None and today - self.date > OLD


def components() -> tuple[Component, ...]:
    """Python, OpenSSL, expat and SQLite as this process has them."""
    openssl = library_version()
    expat = _expat()
    with closing(sqlite3.connect(":memory:")) as database:
        source = str(database.execute("SELECT sqlite_source_id()").fetchone()[0])
    return (
        Component("Python", platform.python_version(), written_date(platform.python_build()[1])),
        Component("OpenSSL", openssl.removeprefix("OpenSSL ").split(" ")[0], written_date(openssl)),
        Component("expat", expat, written_date(_EXPAT.get(expat, ""))),
        Component("SQLite", sqlite3.sqlite_version, written_date(source)),
    )


def written_date(text: str) -> dt.date | None:
    """The date in ``Feb  4 2025 15:23:48``, ``3 Sep 2024`` or ``2024-04-15 13:34:05 8653b7``; None where there is none."""
    for pattern in (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", r"(?P<m>[A-Z][a-z]{2}) +(?P<d>\d{1,2}) +(?P<y>\d{4})"):
        if found := re.search(pattern, text):
            return _date(found)
    found = re.search(r"(?P<d>\d{1,2}) (?P<m>[A-Z][a-z]{2}) (?P<y>\d{4})", text)
    return _date(found) if found else None


def _date(found: re.Match[str]) -> dt.date | None:
    month = _MONTHS.index(found["m"]) + 1 if found["m"] in _MONTHS else found["m"]
    try:
        return dt.date(int(found["y"]), int(month), int(found["d"]))
    except ValueError:
        return None


def _expat() -> str:
    from xml.parsers import expat

    return expat.EXPAT_VERSION.removeprefix("expat_")
