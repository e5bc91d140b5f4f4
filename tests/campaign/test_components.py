"""The interpreter and its libraries: versions, dates, and what is too old."""

from __future__ import annotations

import datetime as dt
import sqlite3
import ssl
import sys

import pytest

from tests.cli.running import run
from xlsxeval.campaign.components import Component, components, written_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Feb  4 2025 15:23:48", "2025-02-04"),
        ("Aug 25 2026 00:00:00", "2026-08-25"),
        ("OpenSSL 3.0.15 3 Sep 2024", "2024-09-03"),
        ("2024-04-15 13:34:05 8653b758870e", "2024-04-15"),
        ("", None),
        ("Xyz 4 2025", None),
        ("2025-13-40", None),
    ],
)
def test_a_date_is_read_as_each_of_them_writes_it(text, date):
    assert written_date(text) == (date and dt.date.fromisoformat(date))


def test_those_of_this_process():
    found = {one.name: one for one in components()}
    assert found["Python"].version == sys.version.split()[0]
    assert found["SQLite"].version == sqlite3.sqlite_version
    assert found["SQLite"].date is not None
    assert found["OpenSSL"].version[0].isdigit()
    assert found["OpenSSL"].date is not None
    assert written_date(ssl.OPENSSL_VERSION) is not None


@pytest.mark.parametrize(("days", "old"), [(365, False), (366, True)])
def test_what_is_over_twelve_months_old(days, old):
    today = dt.date(2026, 12, 1)
    assert Component("Python", "3.13", today - dt.timedelta(days=days)).is_old(today) is old
    assert not Component("Python", "3.13", None).is_old(today)


def test_doctor_tells_them():
    told = run("doctor").out
    for one in components():
        assert f"{one.name} {one.version}（" in told
