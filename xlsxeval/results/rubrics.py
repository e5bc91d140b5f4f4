"""TODO"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from xlsxeval.calc import Scalar
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.seal import make_seal
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address
from xlsxeval.rubric import RubricItem
from xlsxeval.workbook import fill_workbook, workbook_bytes


def rubric_workbook(
    campaign: Campaign, unit: Unit, edition: Edition, form: Form, items: Sequence[RubricItem], key: bytes, password: str
) -> bytes:
    """The rubric's form of one unit as a workbook with the drafted points and the reasons; what is open stays empty."""
    layout = build_layout(campaign, replace(unit, forms=(form.id,)), edition)
    typed: dict[Address, Scalar] = {}
    for item in items:
        values = {item.field: item.points, f"{item.field}.reason": item.reason}
        for name, value in values.items():
            cell = layout.slots.get((form.id, None, name))
            if cell is not None and value is not None:
                typed[cell.address] = value
    seal = make_seal(campaign, layout.unit, edition, key)
    return fill_workbook(workbook_bytes(layout, seal, password), layout, typed, layout.compute(typed))


def _rubric(edition: Edition) -> Form:
    for form in edition.forms:
        if form.drafts:
            return form
    raise UsageError(f"版本「{edition.id}」没有考核评分表（表样里没有「drafts」）。可以照 docs/forms.md 给它加一张。")


def _arrival(days: Sequence[dt.date], received: dt.datetime | None) -> dt.date | None:
    """The day the last of the unit's files came: what was said, else what is known of them."""
    if not days:
        return None
    return received.date() if received is not None else max(days)
