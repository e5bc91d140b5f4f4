"""A process that is killed while it writes, and run again, leaves what one run would have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.books import CAMPAIGN, NOON, WHO, arrive, finding, sha
from tests.support.forked import exit_code_of
from xlsxeval.ledger import Ledger, Queries


def _collect(target: str | Path, last: int) -> int:
    """Two files taken in by a process that dies at a statement; its exit code."""

    def work() -> None:
        number = 0

        def count(*_: object) -> None:
            nonlocal number
            number += 1
            if number == last:
                os._exit(9)

        with Ledger.open(target, CAMPAIGN, NOON) as ledger:
            sa.event.listen(sa.Engine, "before_cursor_execute", count)
            sa.event.listen(sa.Engine, "commit", count)
            with ledger.run(WHO, NOON, "collect"):
                for content in ("甲", "乙"):
                    _take_in(ledger, content)

    return exit_code_of(work)


def _take_in(ledger: Ledger, content: str) -> None:
    source = f"收回/{content}.xlsx"
    with ledger.write(WHO, NOON, "collect") as w:
        if w.has_receipt(sha(content), source):
            return
        one = w.submission("001", None, sha(content), arrive(w, content, source))
        w.judgement(one, "findings", [finding()])
        before = w.current_submission("001")
        w.accept(one) if before is None else w.supersede(before, by=one)


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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
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
