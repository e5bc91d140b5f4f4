"""A printed form while it is drafted: its cells, their headings with the campaign's years, its blocks of lines."""

from __future__ import annotations

import re
from dataclasses import replace

from xlsxeval.importing.blank import BlankArea, BlankSheet, Spot
from xlsxeval.importing.headings import HeadingFinder, Headings
from xlsxeval.importing.preparation import latest_year
from xlsxeval.importing.regions import Region
from xlsxeval.importing.roles import Roles


class PrintedForm:
    """What all parts of drafting ask of a form. ``blocks`` are by their first row, ``fixed`` have lines with printed names."""

    def __init__(self, blank: BlankSheet, finder: HeadingFinder, regions: list[Region], roles: Roles) -> None:
        self.blank = blank
        self.finder = finder
        self.roles = roles
        self.blocks = {region.first: region for region in regions if not region.fixed}
        self.fixed = [region for region in regions if region.fixed]
        self._year = latest_year(blank)
        self._around: dict[Spot, Headings] = {}

    def is_fixed(self, area: BlankArea) -> bool:
        """Whether a cell is of a line with a name of its own in print."""
        return any(region.first <= area.row <= region.last for region in self.fixed)

    def headings(self, area: BlankArea) -> Headings:
        """The headings of a cell, with 本年 and 上年 for the form's years."""
        if area.spot not in self._around:
            found = self.finder.of(area)
            self._around[area.spot] = replace(found, beside=self.dated(found.beside), above=self.dated(found.above))
        return self._around[area.spot]

    def dated(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Headings with 本年 and 上年 in the place of the form's own years."""
        if self._year is None:
            return texts
        for year, word in ((self._year, "本年"), (self._year - 1, "上年")):
            texts = tuple(re.sub(rf"{year}\s*年度?", word, text) for text in texts)
        return texts

    def row_role(self, around: Headings) -> str:
        """What a line is among the usual lines of money, by its heading; empty where it is none."""
        return next((role for text in around.beside[:1] if (role := self.roles.find("rows", text))), "")

    def closes_block(self, area: BlankArea) -> bool:
        """Whether a line of sums ends lines above it: a block, or single lines."""
        above = self.blank.owner.get((area.row - 1, area.column))
        if (
            above is not None
            and not above.is_label
            and self.finder.of(above).beside[:1] not in ((), self.headings(area).beside[:1])
        ):
            return True
        return any(region.last == area.row - 1 for region in (*self.blocks.values(), *self.fixed))

    def owner_label(self, area: BlankArea) -> str:
        """The deepest printed class of a line with a name of its own."""
        region = next(region for region in self.fixed if region.first <= area.row <= region.last)
        labels = [one for one in self.blank.crossing(area.row) if one.is_label and one.column < area.column]
        levels = [
            one
            for one in labels
            if self.roles.find(
                "lines", *self.finder.columns_above(BlankArea(region.first, one.column, 1, one.columns))
            ).startswith("level")
        ]
        return (levels or labels or [area])[-1].text
