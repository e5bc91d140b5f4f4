"""The database itself refuses to change history, whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.books import NOON, WHO, campaign, finding, submit, unit
from xlsxeval.ledger import Ledger, WaiverLine, portal
from xlsxeval.ledger.database import open_engine, transaction
from xlsxeval.ledger.records import ReviewState
from xlsxeval.ledger.schema import EVENTS, schema_versions


@pytest.fixture
def written(ledger: Ledger) -> Ledger:
    """A ledger with a row in every table."""
    with ledger.write(WHO, NOON, "collect") as w:
        w.campaign_version(campaign(unit("001", "甲")), "e1")
        one = submit(w, "甲")
        w.judgement(one, "findings", [finding()])
        w.accept(one)
        w.mirror_waivers([WaiverLine(1, "waive", WHO, "2025-03-01")])
        w.report("001", "a.docx", "0", one)
        portal.record_account(w, "王会计", portal.AccountRole.ORGANISER, "scrypt:…")
        portal.record_link(w, "001", "0" * 64)
        portal.record_message(w, "001", "请改", from_unit=False)
        portal.record_confirmation(w, "001", [one.sha256], "李某", 0)
        portal.record_setting(w, "closed", "yes")
        w.review("001", ReviewState.PASSED, [one.sha256])
        w.distribution("001", None, "a.xlsx", "0", "0", "0")
        w.level_export("1", "某某县", one.receipt, "0", key="", made=NOON, taken=True, standing="{}", findings="[]")
    return ledger


@pytest.mark.parametrize("act", ["update", "delete"])
def test_no_event_is_changed_or_deleted(written: Ledger, target: str | Path, act: str) -> None:
    engine = open_engine(target)
    for table in (*EVENTS, schema_versions):
        key = next(iter(table.primary_key))
        change = sa.update(table).values({key: key + 1}) if act == "update" else sa.delete(table)
        with transaction(engine, "x") as connection:
            before = connection.execute(sa.select(table)).all()
        assert before, table.name
        with pytest.raises(sa.exc.IntegrityError, match=f"{table.name} is append-only"):
            _run(engine, change)
        with transaction(engine, "x") as connection:
            assert connection.execute(sa.select(table)).all() == before


def test_nothing_is_replaced_or_emptied(written: Ledger, target: str | Path) -> None:
    engine = open_engine(target)
    statement = "INSERT OR REPLACE INTO receipts SELECT * FROM receipts"
    if engine.dialect.name == "postgresql":
        statement = "TRUNCATE receipts CASCADE"
    with pytest.raises(sa.exc.IntegrityError, match="append-only"):
        _run(engine, sa.text(statement))
    with written.read() as r:
        assert len(r.receipts()) == 1


def _run(engine: sa.Engine, statement: sa.Executable) -> None:
    with transaction(engine, "x", writing=True) as connection:
        connection.execute(statement)
