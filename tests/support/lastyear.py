"""What the careful unit put on record the year before, in the words of the case files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.support.base import Base, returned
from tests.support.draft import Draft
from xlsxeval.forms.campaign import Unit
from xlsxeval.intake.record import Record
from xlsxeval.intake.returned_record import record_of
from xlsxeval.layout.layout import CellKind


class LastYearsWorkbook:
    """The base workbook as it was returned the year before: its figures are what this year's repeats as last year's.

    ``fill`` is what stood otherwise in it, ``unit`` the code and the name of then.
    """

    def __init__(self, base: Base, words: Mapping[str, Any]) -> None:
        unknown = words.keys() - {"fill", "unit"}
        if unknown:
            raise KeyError(f"unknown words in last_year: {sorted(unknown)}")
        self.base = base
        self.fill: Mapping[str, Any] = words.get("fill", {})
        self.unit: Mapping[str, Any] = words.get("unit", {})

    def of(self, unit: Unit) -> Record | None:
        draft = Draft(self.base, self.base.raw)
        for place, value in {**self._repeated(), **self.fill}.items():
            draft.type(place, value)
        draft.recalculate()
        submission = returned(draft.raw, self.base.context, self.base.layouts).submission
        assert submission is not None
        then = replace(unit, **self.unit)
        return record_of(then, self.base.campaign.year - 1, [submission])

    def _repeated(self) -> dict[str, Any]:
        layout, found = self.base.layout, {}
        for cell in layout.cells.values():
            slot = cell.slot
            if slot is None or slot.field.last_year is None:
                continue
            path = slot.path.replace(slot.field.short, slot.field.last_year.removeprefix(f"{slot.field.block}."))
            if layout.slots[slot.form, slot.instance, path].kind is CellKind.INPUT:
                found[f"{cell.address.sheet}!{path}"] = self.base.values.get(cell.address)
        return found
