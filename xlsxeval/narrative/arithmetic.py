"""All the arithmetic of a text that can be done again for certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxeval.forms.definition import Claim
from xlsxeval.narrative.budgets import wrong_budgets
from xlsxeval.narrative.changes import wrong_changes
from xlsxeval.narrative.counts import wrong_counts
from xlsxeval.narrative.field_columns import FieldColumns, FormRows
from xlsxeval.narrative.formulas import wrong_formulas
from xlsxeval.narrative.passage import Passage
from xlsxeval.narrative.shares import Shares, Totals
from xlsxeval.narrative.slips import Slip
from xlsxeval.narrative.statements import Statement
from xlsxeval.narrative.subjects import TextBackground
from xlsxeval.narrative.sums import wrong_sums


def slips(
    passages: Sequence[Passage],
    stated: Sequence[Statement],
    claims: Sequence[Claim],
    setting: TextBackground,
    totals: Totals,
    rows: Mapping[str, FieldColumns],
) -> Iterator[Slip]:
    """Every figure that does not follow from the others: sums, shares, rates, rises and falls, counts; a place is told once.

    ``totals`` are the values of the fields that claims name, for shares of a whole that the text does not tell; ``rows``
    has what stands beside those fields.
    """
    shares = Shares(stated, claims, totals, setting)
    form_rows = FormRows(passages, stated, claims, rows, setting)
    told = set()
    for slip in (
        *wrong_sums(passages, stated, claims),
        *(slip for passage in passages for slip in wrong_budgets(passage)),
        *(slip for passage in passages for slip in shares.wrong(passage)),
        *(slip for passage in passages for slip in wrong_changes(passage, setting.year)),
        *(slip for passage in passages for slip in wrong_counts(passage)),
        *(slip for passage in passages for slip in wrong_formulas(passage)),
        *(slip for passage in passages for slip in form_rows.wrong(passage)),
    ):
        place = (id(slip.passage), slip.start)
        if place not in told:
            told.add(place)
            yield slip
