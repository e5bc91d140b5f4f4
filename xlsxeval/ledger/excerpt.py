"""The ledger of a few units and arrivals: the same questions, answered without reading what is about others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, Table, or_, select

from xlsxeval.ledger import schema
from xlsxeval.ledger.queries import Queries


class Excerpt(Queries):
    """What a ledger says of the units of these codes and of the receipts of these numbers, and of nothing else.

    Its answers about them are those of the whole ledger: where a unit stands follows from its own events. Questions that
    are about no unit (waivers, exports of lower levels) are answered in full.
    """

    def __init__(self, whole: Queries, units: Collection[str], receipts: Collection[int]) -> None:
        super().__init__(whole._connection, whole.campaign)
        self.about = frozenset(units)
        self._units = sorted(units)
        self._receipts = sorted(receipts)

    def _bounds(self, table: Table) -> Sequence[ColumnElement[bool]]:
        column = table.c
        match table.name:
            case schema.submissions.name | schema.decisions.name:
                return (or_(column.unit.in_(self._units), column.receipt.in_(self._receipts)),)
            case schema.units.name | schema.distributions.name | schema.reports.name | schema.reviews.name:
                return (column.unit.in_(self._units),)
            case schema.links.name | schema.messages.name | schema.confirmations.name:
                return (column.unit.in_(self._units),)
            case schema.judgements.name:
                return (column.submission.in_(self._numbers(schema.submissions, "id")),)
            case schema.receipts.name:
                return (
                    or_(column.id.in_(self._receipts), column.id.in_(self._numbers(schema.submissions, "receipt"))),
                )
            case schema.actions.name:
                told = (schema.receipts, schema.reviews, schema.messages, schema.confirmations)
                own = (self._numbers(table, "action") for table in told)
                return (or_(*(column.id.in_(numbers) for numbers in own)),)
        return ()

    def _numbers(self, table: Table, column: str) -> Select[tuple[int]]:
        return select(table.c[column]).where(table.c.campaign == self.campaign, *self._bounds(table))
