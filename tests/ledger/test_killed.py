"""A process that is killed while it writes, and run again, leaves what one run would have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.books import CAMPAIGN, NOON
from xlsxeval.ledger import Ledger, Queries

COLLECT = """
import datetime as dt, os, sys
import sqlalchemy as sa
from tests.ledger.books import NOON, WHO, arrive, finding, sha
from xlsxeval.ledger import Ledger

target, campaign, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
number = 0

def count(*_):
    global number
    number += 1
    if number == last:
        os._exit(9)

with Ledger.open(target, campaign, NOON) as ledger:
    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    sa.event.listen(sa.Engine, "commit", count)
    with ledger.run(WHO, NOON, "collect"):
        for content in ("甲", "乙"):
            source = f"收回/{content}.xlsx"
            with ledger.write(WHO, NOON, "collect") as w:
                if w.has_receipt(sha(content), source):
                    continue
                one = w.submission("001", None, sha(content), arrive(w, content, source))
                w.judgement(one, "findings", [finding()])
                before = w.current_submission("001")
                w.accept(one) if before is None else w.supersede(before, by=one)
"""
ROOT = Path(__file__).resolve().parents[2]


def _collect(target: str | Path, last: int) -> int:
    command = [sys.executable, "-c", COLLECT, str(target), CAMPAIGN, str(last)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _state(r: Queries) -> tuple[object, ...]:
    """All but ids: PostgreSQL does not give a number out again after a transaction that failed."""
    current = r.current_submissions()["001", None]
    return (
        [one.name for one in r.receipts()],
        [(one.version, one.sha256) for one in r.submissions()],
        [one.kind for one in r.decisions()],
        (current.version, current.sha256),
        [one.cell for one in r.findings(current.id)],
        len(r.actions()),
    )


@pytest.mark.parametrize("last", [1, 3, 6, 10, 14, 18, 22, 30])
def test_killed_and_run_again_it_ends_in_the_same_state(target: str | Path, last: int) -> None:
    assert _collect(target, last) == 9
    assert _collect(target, -1) == 0
    with Ledger.open(target, CAMPAIGN, NOON) as ledger:
        with ledger.read() as r:
            state = _state(r)
        assert not ledger.unlock()
    assert state[0] == ["甲.xlsx", "乙.xlsx"]
    assert state[3] == (2, state[1][1][1])  # type: ignore[index]
    assert state[4] == ["G4"]
    assert state[5] == 2
