"""Two runs at once, runs that were killed, writers that do not let go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.books import CAMPAIGN, NOON, WHO, arrive, later
from xlsxeval.errors import LedgerBusyError
from xlsxeval.ledger import Ledger
from xlsxeval.ledger.database import open_engine, transaction
from xlsxeval.ledger.processes import Process, this_process
from xlsxeval.ledger.schema import runs

HOLD = """
import datetime as dt, sys, time
from xlsxeval.ledger import Ledger
with Ledger.open({target!r}, {campaign!r}, dt.datetime.now(dt.UTC)) as ledger:
    with ledger.run("李科长", dt.datetime.now(dt.UTC), "collect"):
        print("held", flush=True)
        time.sleep(60)
"""


@pytest.fixture
def holder(ledger: Ledger, target: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the run."""
    code = HOLD.format(target=str(target), campaign=CAMPAIGN)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_run_is_told_who_holds_the_ledger(ledger: Ledger, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LedgerBusyError) as told, ledger.run(WHO, NOON, "collect"):
        pass
    for fact in ("李科长", str(holder.pid), this_process().host, "collect"):
        assert fact in str(told.value)


def test_what_a_killed_run_left_is_taken_over(ledger: Ledger, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with ledger.run(WHO, NOON, "collect"), pytest.raises(LedgerBusyError), ledger.run(WHO, NOON, "report"):
        pass


def test_the_end_of_a_run_frees_the_ledger_also_after_an_error(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), ledger.run(WHO, NOON, "collect"):
        _ = 1 / 0
    with ledger.run(WHO, NOON, "collect"):
        assert ledger.unlock()
    assert not ledger.unlock()


def test_a_run_does_not_end_that_of_another(ledger: Ledger) -> None:
    """A person unlocked it and another run began: the first one, ending late, leaves that alone."""
    first = ledger.run(WHO, NOON, "collect")
    first.__enter__()
    ledger.unlock()
    with ledger.run(WHO, NOON, "report"):
        first.__exit__(None, None, None)
        with pytest.raises(LedgerBusyError), ledger.run(WHO, NOON, "collect"):
            pass


def test_a_run_on_another_computer_is_never_taken_over(ledger: Ledger, target: str | Path) -> None:
    elsewhere = {"token": "t", "host": "另一台", "process": 1, "started": "", "who": WHO, "what": "collect"}
    with transaction(open_engine(target), "x", writing=True) as connection:
        connection.execute(sa.insert(runs).values(campaign=CAMPAIGN, since=NOON, **elsewhere))
    with pytest.raises(LedgerBusyError, match="另一台"), ledger.run(WHO, NOON, "collect"):
        pass
    assert ledger.unlock()
    with ledger.run(WHO, NOON, "collect"):
        pass


def test_a_process_is_known_by_its_number_and_its_start() -> None:
    own = this_process()
    assert not own.is_gone()
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    assert Process(own.host, done.pid, "").is_gone()
    assert not Process("另一台", done.pid, "").is_gone()
    if own.started:
        assert Process(own.host, os.getpid(), "an earlier one").is_gone()


def test_a_writer_that_does_not_let_go_is_told_and_nothing_is_lost(ledger: Ledger, target: str | Path) -> None:
    with Ledger.open(target, CAMPAIGN, NOON, patience=0.2) as hasty:
        with ledger.write(WHO, NOON, "collect") as w:
            arrive(w, "甲")
            with pytest.raises(LedgerBusyError), hasty.write(WHO, NOON, "collect") as other:
                arrive(other, "乙")
            with hasty.read() as r:  # readers never wait
                assert r.receipts() == []
        with hasty.write(WHO, later(1), "collect") as other:
            arrive(other, "乙")
            assert len(other.receipts()) == 2


def test_several_writers_come_one_after_another(ledger: Ledger, target: str | Path) -> None:
    faults: list[Exception] = []

    def work(name: str) -> None:
        try:
            with Ledger.open(target, CAMPAIGN, NOON) as own:
                for number in range(5):
                    with own.write(name, NOON, "collect") as w:
                        known = len(w.receipts())
                        arrive(w, f"{name}{number}")
                        assert len(w.receipts()) == known + 1
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with ledger.read() as r:
        assert len(r.receipts()) == 15
        assert [one.id for one in r.receipts()] == sorted(one.id for one in r.receipts())


def test_several_who_make_the_ledger_at_once_make_one(target: str | Path) -> None:
    faults: list[Exception] = []

    def work() -> None:
        try:
            Ledger.open(target, CAMPAIGN, NOON).close()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
