"""The same tests over SQLite and PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger import postgres
from tests.ledger.books import CAMPAIGN, NOON
from xlsxeval.ledger import Ledger


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where a new ledger may be made."""
    if request.param == "sqlite":
        yield tmp_path / ".xlsxeval" / "ledger.sqlite"
        return
    with postgres.database(request.getfixturevalue("postgres_server"), f"t{secrets.token_hex(6)}") as address:
        yield address


@pytest.fixture
def ledger(target: str | Path) -> Iterator[Ledger]:
    """A new ledger of the campaign."""
    with Ledger.open(target, CAMPAIGN, NOON) as opened:
        yield opened
