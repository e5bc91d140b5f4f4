"""A campaign's ledger, opened: read, written, held by one run at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from xlsxeval import __version__
from xlsxeval.errors import StorageError
from xlsxeval.ledger import runs
from xlsxeval.ledger.database import PATIENCE, one_writer, open_engine, transaction
from xlsxeval.ledger.migrations import migrate
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.writing import Writer

FILE_NAME = "ledger.sqlite"
"""In a campaign's ``.xlsxeval`` folder, where no database is named."""


class Ledger:
    """The ledger of one campaign; several campaigns may share a database. Use it in a ``with``."""

    def __init__(self, engine: Engine, campaign: str, place: str) -> None:
        self._engine = engine
        self.campaign = campaign
        self.place = place

    @classmethod
    def open(cls, target: str | Path, campaign: str, at: dt.datetime, *, patience: float = PATIENCE) -> Self:
        """Opens the ledger at a path or a ``postgresql://`` address, made or brought up to date where that is due.

        ``patience`` is how many seconds a writer waits for another. Raises StorageError where it cannot be opened
        or a newer program made it, LedgerBusy where another run does not let go.
        """
        engine = open_engine(target, patience)
        place = engine.url.render_as_string(hide_password=True) if engine.dialect.name != "sqlite" else str(target)
        if engine.dialect.name == "sqlite":
            _make_folder(Path(target))
        with transaction(engine, place, writing=True) as connection:
            migrate(connection, place, at, __version__)
        return cls(engine, campaign, place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Queries]:
        """Questions, all answered from one moment of the ledger."""
        with transaction(self._engine, self.place) as connection:
            yield Queries(connection, self.campaign)

    @contextmanager
    def write(self, who: str, at: dt.datetime, what: str) -> Iterator[Writer]:
        """Events that are kept together when the block ends, and not at all where it raises."""
        with transaction(self._engine, self.place, writing=True) as connection:
            one_writer(connection)
            yield Writer(connection, self.campaign, who, at, what)

    @contextmanager
    def run(self, who: str, at: dt.datetime, what: str) -> Iterator[None]:
        """Holds the campaign for one run. Raises LedgerBusy, saying who, where and since when, while another has it.

        What a killed run of this computer left is recognised and taken over.
        """
        with transaction(self._engine, self.place, writing=True) as connection:
            one_writer(connection)
            token = runs.take(connection, self.campaign, who, what, at)
        try:
            yield
        finally:
            with transaction(self._engine, self.place, writing=True) as connection:
                runs.release(connection, self.campaign, token)

    def unlock(self) -> bool:
        """Ends whatever run holds the campaign, for a person who knows that it is over. False where none does."""
        with transaction(self._engine, self.place, writing=True) as connection:
            return runs.release(connection, self.campaign)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"台账 {path} 不能读写：不能建文件夹 {path.parent}（{error.strerror}）。请检查能否写入。"
        ) from error
