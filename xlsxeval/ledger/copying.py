"""A campaign's events copied from one database into an empty one, with their ids."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, Table, insert, select

from xlsxeval.ledger.schema import EVENTS, findings, judgements, metadata, schema_versions

_ROWS = 5_000


def copy_rows(source: Connection, target: Connection, campaign: str) -> None:
    """Makes the tables in ``target`` and copies the campaign's rows into them, with the versions of the schema."""
    metadata.create_all(target)
    for table in (schema_versions, *EVENTS):
        for rows in source.execute(_own(table, campaign)).mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in rows])


def _own(table: Table, campaign: str) -> Select[Any]:
    query = select(table).order_by(*table.primary_key.columns)
    if table is schema_versions:
        return query
    if table is findings:
        return query.join(judgements, table.c.judgement == judgements.c.id).where(judgements.c.campaign == campaign)
    return query.where(table.c.campaign == campaign)
