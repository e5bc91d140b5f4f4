"""The schema's version: made at the newest, brought forward step by step, refused where it is newer."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.books import CAMPAIGN, NOON, WHO, arrive, finding, later, submit
from xlsxeval.errors import StorageError
from xlsxeval.ledger import Ledger, portal, schema
from xlsxeval.ledger.database import open_engine, transaction
from xlsxeval.ledger.migrations import STEPS, migrate, version_of
from xlsxeval.ledger.schema import VERSION, metadata, schema_versions


def _make_old(connection: sa.Connection) -> None:
    """A ledger of version 0, by hand: notes had no author yet."""
    schema_versions.create(connection)
    connection.execute(sa.insert(schema_versions).values(version=0, at=NOON, program="0.0.1"))
    connection.exec_driver_sql("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)")
    connection.exec_driver_sql("INSERT INTO notes VALUES (1, '收到')")


def _add_author(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE notes ADD COLUMN author TEXT")


def _fill_author(connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE notes SET author = '不详'")


def _break(connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE notes SET words = ''")
    raise ZeroDivisionError


def test_an_old_ledger_is_brought_forward_step_by_step(target: str | Path) -> None:
    with _opened(target) as connection:
        _make_old(connection)
    with _opened(target) as connection:
        migrate(connection, "x", NOON, "0.2.0", {0: _add_author, 1: _fill_author}, newest=2)
    with _opened(target) as connection:
        assert version_of(connection) == 2
        assert connection.exec_driver_sql("SELECT id, words, author FROM notes").all() == [(1, "收到", "不详")]
        stamps = connection.execute(sa.select(schema_versions.c["version", "program"]).order_by("version")).all()
    assert stamps == [(0, "0.0.1"), (1, "0.2.0"), (2, "0.2.0")]


def test_a_step_that_fails_leaves_the_old_ledger_as_it_was(target: str | Path) -> None:
    with _opened(target) as connection:
        _make_old(connection)
    with pytest.raises(ZeroDivisionError), _opened(target) as connection:
        migrate(connection, "x", NOON, "0.2.0", {0: _add_author, 1: _break}, newest=2)
    with _opened(target) as connection:
        assert version_of(connection) == 0
        assert connection.exec_driver_sql("SELECT * FROM notes").all() == [(1, "收到")]


def test_an_old_ledger_without_a_way_forward_is_refused(target: str | Path) -> None:
    with _opened(target) as connection:
        _make_old(connection)
    with pytest.raises(StorageError), _opened(target) as connection:
        migrate(connection, "x", NOON, "0.2.0", {}, newest=1)


def test_a_newer_ledger_is_refused_and_left_alone(target: str | Path) -> None:
    with Ledger.open(target, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲")
    with _opened(target) as connection:
        connection.execute(sa.insert(schema_versions).values(version=VERSION + 1, at=NOON, program="9"))
    with pytest.raises(StorageError, match=str(VERSION + 1)):
        Ledger.open(target, CAMPAIGN, NOON)
    with _opened(target) as connection:
        assert version_of(connection) == VERSION + 1


def test_judgements_of_the_first_version_are_kept_and_nobody_knows_under_what_they_were_made(
    target: str | Path,
) -> None:
    with _opened(target) as connection:
        _make_first(connection)
    with Ledger.open(target, CAMPAIGN, later(1)) as ledger:
        with ledger.write(WHO, later(2), "collect") as w:
            two = submit(w, "乙", "002")
            w.judgement(two, "findings", [finding()], under="abc", holds=("附件1", "附件2"))
            w.set_aside(two, "F002", "打不开", under="abc")
        with ledger.read() as r:
            assert [(judged.status, judged.under) for judged in r.judgements()] == [
                ("clean", None),
                ("findings", "abc"),
            ]
            assert [judged.holds for judged in r.judgements()] == [None, {"附件1", "附件2"}]
            assert [decision.under for decision in r.decisions()] == ["abc"]
            assert r.exports() == []
            assert r.reviews() == []
            assert portal.accounts(r) == {}
            assert portal.links(r) == []


def test_every_shipped_version_has_a_step_to_the_next() -> None:
    assert list(STEPS) == list(range(1, VERSION))


def _make_first(connection: sa.Connection) -> None:
    """A ledger as version 1 had it, with a submission that was judged."""
    metadata.create_all(connection)
    schema.exports.drop(connection)
    schema.reviews.drop(connection)
    for table in schema.PORTAL:
        table.drop(connection)
    for table in ("judgements", "decisions"):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN under")
    connection.exec_driver_sql("ALTER TABLE judgements DROP COLUMN worksheets")
    connection.execute(sa.insert(schema_versions).values(version=1, at=NOON, program="0.1.0"))
    rows: dict[sa.Table, dict[str, object]] = {
        schema.actions: {
            "at": NOON,
            "who": WHO,
            "what": "collect",
            "host": "x",
            "program": "0.1.0",
            "clock_back": False,
        },
        schema.receipts: {"action": 1, "sha256": "ab", "size": 1, "name": "甲.xlsx", "source": "收回/甲.xlsx"},
        schema.submissions: {"action": 1, "unit": "001", "part": "", "version": 1, "sha256": "ab", "receipt": 1},
        schema.judgements: {"action": 1, "submission": 1, "program": "0.1.0", "status": "clean"},
    }
    for table, row in rows.items():
        connection.execute(sa.insert(table).values(campaign=CAMPAIGN, **row))


def _opened(target: str | Path) -> AbstractContextManager[sa.Connection]:
    if isinstance(target, Path):
        target.parent.mkdir(exist_ok=True)
    return transaction(open_engine(target), "x", writing=True)
