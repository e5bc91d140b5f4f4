"""A campaign's ledger, opened: read, written, held by one run at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select

from xlsxeval import __version__
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.ledger import runs
from xlsxeval.ledger.copying import copy_rows
from xlsxeval.ledger.database import PATIENCE, open_engine, transaction
from xlsxeval.ledger.engines import ENGINES, HeldEngine
from xlsxeval.ledger.migrations import migrate, version_of
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.schema import VERSION, actions
from xlsxeval.ledger.writer import Writer

_MOST_TOLD = 20
FILE_NAME = "ledger.sqlite"
"""In a campaign's ``.xlsxeval`` folder, where no database is named."""


class Ledger:
    """The ledger of one campaign; several campaigns may share a database. Use it in a ``with``."""

    def __init__(self, held: HeldEngine, campaign: str, place: str) -> None:
        self._held = held
        self._engine = held.engine
        self.campaign = campaign
        self.place = place

    @classmethod
    def open(cls, target: str | Path, campaign: str, at: dt.datetime, *, patience: float = PATIENCE) -> Self:
        """Opens the ledger at a path or a ``postgresql://`` address, made or brought up to date where that is due.

        ``patience`` is how many seconds a writer waits for another. Raises StorageError where it cannot be opened
        or a newer program made it, LedgerBusyError where another run does not let go, UsageError where the file is another
        campaign's.
        """
        held = ENGINES.take(target, patience)
        engine = held.engine
        in_file = engine.dialect.name == "sqlite"
        place = str(target) if in_file else engine.url.render_as_string(hide_password=True)
        try:
            if in_file:
                _make_folder(Path(target))
            _prepare(engine, campaign, place, at)
        except BaseException:
            held.leave()
            raise
        return cls(held, campaign, place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._held.leave()

    @contextmanager
    def read(self) -> Iterator[Queries]:
        """Questions, all answered from one moment of the ledger."""
        with transaction(self._engine, self.place) as connection:
            yield Queries(connection, self.campaign)

    @contextmanager
    def write(self, who: str, at: dt.datetime, what: str) -> Iterator[Writer]:
        """Events that are kept together when the block ends, and not at all where it raises."""
        with transaction(self._engine, self.place, writing=True) as connection:
            yield Writer(connection, self.campaign, who, at, what)

    @contextmanager
    def run(self, who: str, at: dt.datetime, what: str) -> Iterator[None]:
        """Holds the campaign for one run. Raises LedgerBusyError, saying who, where and since when, while another has it.

        What a killed run of this computer left is recognised and taken over.
        """
        with transaction(self._engine, self.place, writing=True) as connection:
            token = runs.take(connection, self.campaign, who, what, at)
        try:
            yield
        finally:
            with transaction(self._engine, self.place, writing=True) as connection:
                runs.release(connection, self.campaign, token)

    def integrity(self) -> list[str]:
        """What the database's own check finds wrong with it, in the database's words; nothing for a server's."""
        if self._engine.dialect.name != "sqlite":
            return []
        try:
            with transaction(self._engine, self.place) as connection:
                found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_TOLD})")]
                lost = list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
        except StorageError as error:
            return [str(error)]
        return [one for one in found if one != "ok"] + [f"{row[0]} {row[1]} -> {row[2]}" for row in lost[:_MOST_TOLD]]

    def copy_to(self, path: Path) -> None:
        """Writes the campaign's ledger into a new SQLite file, as it is at one moment. Raises FileExistsError, StorageError."""
        if path.exists():
            raise FileExistsError(path)
        copied = open_engine(path)
        try:
            with (
                transaction(self._engine, self.place) as source,
                transaction(copied, str(path), writing=True) as target,
            ):
                copy_rows(source, target, self.campaign)
        finally:
            copied.dispose()  # the last connection leaves one file, with nothing beside it

    def unlock(self) -> bool:
        """Ends whatever run holds the campaign, for a person who knows that it is over. False where none does."""
        with transaction(self._engine, self.place, writing=True) as connection:
            return runs.release(connection, self.campaign)


def _prepare(engine: Engine, campaign: str, place: str, at: dt.datetime) -> None:
    """Makes the ledger or brings it up to date, waiting for writers only where there is something to do."""
    in_file = engine.dialect.name == "sqlite"
    with transaction(engine, place) as connection:
        current = version_of(connection) == VERSION
        if current and in_file:
            _refuse_foreign(connection, campaign, place)
    if not current:
        with transaction(engine, place, writing=True) as connection:
            migrate(connection, place, at, __version__)
            if in_file:
                _refuse_foreign(connection, campaign, place)


def _refuse_foreign(connection: Connection, campaign: str, place: str) -> None:
    """A file is one campaign's. Under another id its history would seem to be gone."""
    if connection.execute(select(actions.c.id).where(actions.c.campaign == campaign).limit(1)).first() is not None:
        return
    known = set(connection.execute(select(actions.c.campaign).distinct()).scalars())
    if known:
        raise UsageError(
            f"台账 {place} 记的是任务「{'、'.join(sorted(known))}」，现在的任务编号是「{campaign}」。编号改了，已下发的表就认不出。"
            f"请把编号改回去；确实是另一个任务的，请另建文件夹。"
        )


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"台账 {path} 不能读写：不能建文件夹 {path.parent}（{error.strerror}）。请检查能否写入。"
        ) from error
