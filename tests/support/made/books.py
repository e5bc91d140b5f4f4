"""The organiser's desk of a made campaign, and each unit with its blank workbook and what it typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from tests.support.made.units import Values, careful
from xlsxeval.campaign.names import workbook_name
from xlsxeval.campaign.workbooks import generate
from xlsxeval.forms.campaign import Campaign, Unit, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import Keys, find_keys
from xlsxeval.forms.library import Library
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Address
from xlsxeval.resources import templates_directory
from xlsxeval.workbook import fill_workbook

FIGURES = ("funds.initial", "funds.budget", "funds.executed", "funds.basic", "funds.project", "income.general")
"""The fields of 附件2 whose sums over all units the summary must show."""


@dataclass(frozen=True)
class Book:
    """A workbook as a unit sends it, and what was typed into it."""

    data: bytes
    values: Mapping[str, Any]

    def spoilt(self, data: bytes) -> Book:
        """The same values in other bytes."""
        return replace(self, data=data)

    @property
    def figures(self) -> dict[str, float]:
        """What of it goes into sums; a figure that nobody can read goes into none."""
        found = {name: self.values.get(f"附件2!{name}") for name in FIGURES}
        return {name: value for name, value in found.items() if isinstance(value, float)}


@dataclass(frozen=True)
class Desk:
    """The campaign as it was when the workbooks went out, with its keys."""

    campaign: Campaign
    edition: Edition
    keys: Keys
    shapes: Shapes = field(default_factory=Shapes)

    @classmethod
    def at(cls, folder: Path) -> Desk:
        """The desk of a campaign's folder with a key in it."""
        campaign, edition = load_campaign(folder, Library(templates_directory()))
        keys = find_keys(folder)
        assert keys is not None
        return cls(campaign, edition, keys)

    def unit(self, code: str) -> Unit:
        """The unit as it was when its workbook went out."""
        found = self.campaign.unit(code)
        assert found is not None
        return found


@dataclass
class Sender:
    """One unit as it works: its blank form, and what it types into it. ``made`` are its workbooks, the last one last."""

    desk: Desk
    unit: Unit
    random: Random
    made: list[Book] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def name(self) -> str:
        return self.unit.name

    @cached_property
    def layout(self) -> Layout:
        return self._laid_out()

    @cached_property
    def blank(self) -> bytes:
        return self._blank(self.layout)

    @property
    def file(self) -> str:
        """The name of the workbook as it was sent out."""
        return workbook_name(self.layout)

    @cached_property
    def values(self) -> Values:
        return careful(self.random, self.unit.forms or ())

    def book(self, changes: Mapping[str, Any] | None = None) -> Book:
        """The unit's workbook filled in: what a careful unit types, but for these changes."""
        return self._filled(self.layout, self.blank, changes or {})

    def part(self, sheet: str, changes: Mapping[str, Any] | None = None) -> Book:
        """The workbook of one worksheet, where they were sent out apart."""
        layout = self._laid_out(sheet)
        return self._filled(layout, self._blank(layout), changes or {})

    def retyped(self, data: bytes, changes: Mapping[str, Any] | None = None) -> Book:
        """Values typed into another copy of the form: an annotated one."""
        return self._filled(self.layout, data, changes or {})

    def cell(self, place: str) -> str:
        """Where a field stands on its worksheet, as ``G4``."""
        return _places(self.layout)[place].a1

    def _laid_out(self, part: str | None = None) -> Layout:
        return build_layout(self.desk.campaign, self.unit, self.desk.edition, part, self.desk.shapes)

    def _blank(self, layout: Layout) -> bytes:
        return generate(layout, self.desk.keys, self.desk.shapes.writer.kept(layout).digest)

    def _filled(self, layout: Layout, blank: bytes, changes: Mapping[str, Any]) -> Book:
        places = _places(layout)
        typed = {place: value for place, value in {**self.values, **changes}.items() if place in places}
        values = {places[place]: value for place, value in typed.items()}
        data = fill_workbook(blank, layout, values, layout.compute(values), fold=False)
        self.made.append(Book(data, typed))
        return self.made[-1]


def _places(layout: Layout) -> dict[str, Address]:
    """Where each field stands, by worksheet and field."""
    return {
        f"{cell.address.sheet}!{cell.slot.path}": cell.address
        for cell in layout.cells.values()
        if cell.slot is not None and cell.address.sheet in {sheet.name for sheet in layout.sheets}
    }
