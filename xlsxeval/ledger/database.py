"""Databases opened the way the ledger needs them, and their errors told in words that help."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from xlsxeval.errors import LedgerBusyError, StorageError, UsageError

PATIENCE = 10
"""Seconds that a writer waits for another before it says that the ledger is busy."""
_WRITING = "xlsxeval_writing"
_FILE = "xlsxeval_file"
_KEPT, _MOST = 8, 40
"""Connections that wait for their next use; those of a server's database at once, for it bounds those of everybody."""
_LOCK = 0x78_6C_73_78  # any number that other programs of the database will not take


def open_engine(target: str | Path, patience: float = PATIENCE) -> Engine:
    """An engine for a file's path or a ``postgresql://`` address; nothing is opened yet. Raises as :func:`address_of`."""
    return engine_at(address_of(target), patience)


def address_of(target: str | Path) -> URL:
    """The address of a file by its path, or of a ``postgresql://`` database, as the engine is to open it now.

    Raises UsageError for another kind of address.
    """
    if isinstance(target, Path) or "://" not in target:
        return _address_of_file(Path(target))
    try:
        url = make_url(target)
    except (exc.ArgumentError, ValueError):
        raise UsageError("台账的数据库地址写得不对。请写成 postgresql://用户:密码@主机/数据库。") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise UsageError(f"台账不能放在「{url.get_backend_name()}」里。可用：SQLite 文件、postgresql://…。")
    return url.set(drivername="postgresql+psycopg")


def engine_at(address: URL, patience: float) -> Engine:
    """An engine for an address; nothing is opened yet. Raises UsageError where the driver is not installed."""
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, patience)
    try:
        engine = create_engine(
            address,
            connect_args={
                "prepare_threshold": None
            },  # a pooler between here and the server knows no prepared statements
            pool_size=_KEPT,
            max_overflow=_MOST - _KEPT,
            pool_timeout=patience,
            pool_pre_ping=True,
        )
    except ImportError:
        raise UsageError(
            "台账要放在 PostgreSQL 里，但没有安装它的驱动。请先运行：pip install 'xlsxeval[postgres]'"
        ) from None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(_WRITING):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(patience * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")  # as SQLite: one writer at a time

    return engine


def _address_of_file(path: Path) -> URL:
    """A file's address: for reading alone where the disk or the folder is one that nobody may write to."""
    if not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return URL.create("sqlite", database=str(path))
    log = path.with_name(f"{path.name}-wal")  # what no log stands beside cannot change meanwhile
    query = {"mode": "ro", "uri": "true", **({} if log.exists() else {"immutable": "1"})}
    return URL.create("sqlite", database=path.absolute().as_uri(), query=query)


def _sqlite(address: URL, patience: float) -> Engine:
    is_read_only = bool(address.query)
    engine = create_engine(address, connect_args={"timeout": patience}, pool_size=_KEPT, max_overflow=-1)
    pragmas = ("foreign_keys=ON", "recursive_triggers=ON")

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin where they are asked for: below
        for pragma in pragmas if is_read_only else ("journal_mode=WAL", "synchronous=FULL", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
        record.info[_FILE] = _identity(address)

    @event.listens_for(engine, "checkout")
    def _checkout(connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        if record.info[_FILE] != _identity(address):  # moved away, deleted or replaced: what is written there is lost
            raise exc.DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _identity(address: URL) -> tuple[int, int] | None:
    """What tells a database's file from another at the same path; None where there is none, or nobody can write it."""
    if address.query:
        return None
    try:
        found = Path(address.database or "").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def transaction(engine: Engine, place: str, *, writing: bool = False) -> Iterator[Connection]:
    """A connection in a transaction that is kept whole or not at all, and sees one moment of the ledger.

    Writers come one after another, so that ids count in the order in which events became known.

    Raises LedgerBusyError where another writer does not let go, StorageError for all else that a user can mend.
    """
    try:
        with engine.connect() as connection:
            connection = connection.execution_options(**{_WRITING: writing})
            with connection.begin():
                yield connection
    except exc.IntegrityError:
        raise  # a fault of the program, not of the user's
    except exc.TimeoutError:
        raise LedgerBusyError(f"台账 {place} 现在用的人太多，没有轮到。这次没有写入，请稍后再运行一次。") from None
    except exc.DBAPIError as error:
        raise told(error, place) from error


_SPOKEN = (
    ("full", "磁盘满了。请腾出空间再运行"),
    ("no space", "磁盘满了。请腾出空间再运行"),
    ("readonly", "没有写入的权限，或在只读的盘上。请检查权限，或换一个能写的文件夹"),
    ("permission denied", "没有权限。请管理员授权"),
    ("unable to open", "打不开。请检查文件夹在不在、能不能写"),
    ("not a database", "不是台账文件，或者已损坏。请从备份恢复，不要删除重来：存档里的原件还在"),
    ("malformed", "已损坏。请从备份恢复，不要删除重来：存档里的原件还在"),
)
_BUSY = ("database is locked", "database table is locked", "lock timeout", "canceling statement due to lock")


def told(error: exc.DBAPIError, place: str) -> StorageError:
    """The error of a database in words: what is the matter, and what can be done."""
    said = str(error.orig).casefold()
    if any(word in said for word in _BUSY):
        return LedgerBusyError(
            f"台账 {place} 正被另一次运行写着，等了一会儿还没有写完。这次没有写入，请稍后再运行一次。"
        )
    reason = next((reason for word, reason in _SPOKEN if word in said), None)
    if reason is None:
        reason = f"数据库报告：{str(error.orig).strip()}。请检查数据库能否连上、有没有权限，再运行一次"
    return StorageError(f"台账 {place} 不能读写：{reason}。已经记下的都还在。")
