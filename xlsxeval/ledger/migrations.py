"""The schema's version: a new ledger is made at the newest, an older one is brought there step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, insert, inspect, select

from xlsxeval.errors import StorageError
from xlsxeval.ledger.schema import PORTAL, VERSION, exports, metadata, reviews, schema_versions

Step = Callable[[Connection], None]


def _tell_under_what(connection: Connection) -> None:
    """What an older program judged has none: nobody knows under what, so it is judged again."""
    for table in ("judgements", "decisions"):
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN under TEXT")


def _take_exports(connection: Connection) -> None:
    """What lower levels hand up."""
    exports.create(connection)


def _tell_what_they_hold(connection: Connection) -> None:
    """Nobody knows it of what an older program judged; it is judged again all the same."""
    connection.exec_driver_sql("ALTER TABLE judgements ADD COLUMN worksheets TEXT")


def _take_reviews(connection: Connection) -> None:
    """Adds the organiser's reviews of units."""
    reviews.create(connection)


def _open_portal(connection: Connection) -> None:
    """Adds users, units' links, messages, confirmations and settings of the portal."""
    for table in PORTAL:
        table.create(connection)


STEPS: Mapping[int, Step] = {
    1: _tell_under_what,
    2: _take_exports,
    3: _tell_what_they_hold,
    4: _take_reviews,
    5: _open_portal,
}
"""From the version that is the key to the next one. A step that was shipped is never changed."""


def version_of(connection: Connection) -> int | None:
    """The version of the schema that is there, None where there is no ledger yet."""
    if not inspect(connection).has_table(schema_versions.name):
        return None
    return connection.execute(select(func.max(schema_versions.c.version))).scalar()


def migrate(
    connection: Connection,
    place: str,
    at: dt.datetime,
    program: str,
    steps: Mapping[int, Step] = STEPS,
    newest: int = VERSION,
) -> None:
    """Brings a ledger to the newest version, in the caller's transaction: wholly or not at all.

    Raises StorageError where a newer program made it, or where no step leads on from its version.
    """
    version = version_of(connection)
    if version is None:
        metadata.create_all(connection)
        _stamp(connection, newest, at, program)
        return
    refuse_newer(version, place, newest)
    for old in range(version, newest):
        if old not in steps:
            raise StorageError(f"台账 {place} 是很旧的第 {old} 版，这个程序不会升级它。请先用旧一点的 xlsxeval 升级。")
        steps[old](connection)
        _stamp(connection, old + 1, at, program)


def refuse_newer(version: int, place: str, newest: int = VERSION) -> None:
    """Raises StorageError where the ledger is newer than the program: it could write what it does not understand."""
    if version > newest:
        raise StorageError(
            f"台账 {place} 由更新的 xlsxeval 写过（第 {version} 版，这个程序只认到第 {newest} 版）。请升级 xlsxeval 再运行。"
        )


def _stamp(connection: Connection, version: int, at: dt.datetime, program: str) -> None:
    connection.execute(insert(schema_versions).values(version=version, at=at, program=program))
