"""A ledger on a disk that nobody may write to is read; what would be written is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xlsxeval.errors import StorageError
from xlsxeval.ledger import Ledger, database

NOON = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)


def test_it_is_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "某某 任务%20#1" / "ledger.sqlite"
    with Ledger.open(path, "one", NOON) as ledger, ledger.write("某某", NOON, "collect") as w:
        w.receipt("a" * 64, 1, "表.xlsx", "收回/表.xlsx", received_at=NOON)
    before = path.read_bytes()
    monkeypatch.setattr(database.os, "access", lambda *_: False)
    with Ledger.open(path, "one", NOON) as ledger:
        with ledger.read() as r:
            assert [one.name for one in r.receipts()] == ["表.xlsx"]
        with pytest.raises(StorageError, match="没有写入的权限"), ledger.write("某某", NOON, "collect") as w:
            w.receipt("b" * 64, 1, "二.xlsx", "收回/二.xlsx")
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["ledger.sqlite"]
