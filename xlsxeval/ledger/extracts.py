"""Whole tables of events for an export: one campaign's rows, each with who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Connection, Integer, Select, Table, select

from xlsxeval.ledger.columns import Instant
from xlsxeval.ledger.schema import EVENTS, accounts, actions, findings, judgements

_SECRET = frozenset({(accounts.name, accounts.c.password.name)})
"""Columns that no export has: what they hold helps whoever wants to guess a password."""


class Sort(Enum):
    """What a column holds."""

    NUMBER = "number"
    TRUTH = "truth"
    MOMENT = "moment"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Extract:
    """A table as it was at one moment: names and sorts of its columns, and its rows in the order of events."""

    name: str
    columns: tuple[tuple[str, Sort], ...]
    rows: tuple[tuple[Any, ...], ...]


def extracts(connection: Connection, campaign: str) -> Iterator[Extract]:
    """Every table of events, in the order in which a reader follows them; moments are ``datetime`` in UTC."""
    for table in EVENTS:
        query = _query(table, campaign)
        columns = tuple((column.name, _sort(column.type)) for column in query.selected_columns)
        yield Extract(table.name, columns, tuple(tuple(row) for row in connection.execute(query)))


def _query(table: Table, campaign: str) -> Select[Any]:
    if table is actions:
        return select(table).where(table.c.campaign == campaign).order_by(table.c.id)
    columns = [column for column in table.c if (table.name, column.name) not in _SECRET]
    query = select(*columns, actions.c.at, actions.c.who).join(actions, table.c.action == actions.c.id)
    query = query.order_by(table.c.id)
    if table is findings:
        return query.join(judgements, table.c.judgement == judgements.c.id).where(judgements.c.campaign == campaign)
    return query.where(table.c.campaign == campaign)


def _sort(kind: object) -> Sort:
    match kind:
        case Boolean():
            return Sort.TRUTH
        case Integer():  # also the large ones
            return Sort.NUMBER
        case Instant():
            return Sort.MOMENT
        case _:
            return Sort.TEXT
