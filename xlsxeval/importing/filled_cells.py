"""Which cells of a form are fields: empty ones with a heading, stand-ins, formulas, figures that somebody typed."""

from __future__ import annotations

import re

from xlsxeval.importing.blank import BlankArea, Content
from xlsxeval.importing.headings import Headings
from xlsxeval.importing.printed_form import PrintedForm
from xlsxeval.importing.types import MEASURED, type_from


class FilledCells:
    """Finds the cells outside blocks that are typed or computed."""

    def __init__(self, form: PrintedForm) -> None:
        self._form = form
        self._blank = form.blank
        self._finder = form.finder
        self._roles = form.roles

    def areas(self, first_row: int) -> list[BlankArea]:
        """The fields from a row on, in the order of the form."""
        skipped = {row for region in self._form.blocks.values() for row in range(region.first, region.last + 1)}
        rows = [row for row in self._blank.rows if row >= first_row and row not in skipped]
        return [area for row in rows for area in self._blank.areas(row) if self._is_field(area)]

    def _is_field(self, area: BlankArea) -> bool:
        content = area.content
        if content is Content.FORMULA:
            return True
        if content not in (Content.EMPTY, Content.FILLER, Content.VALUE):
            return False
        around = self._form.headings(area)
        if not around.beside and not around.above:
            return False
        if content is Content.VALUE:
            return self._is_figure(area, around)
        if content is Content.FILLER:
            return True
        if self._is_corner(area) or self._is_unused(area, around) or self._is_unscored(around):
            return False
        measured = (*MEASURED, "percent")
        return not around.is_total or type_from([*around.above, *around.beside]) in measured

    def _is_figure(self, area: BlankArea, around: Headings) -> bool:
        """Whether a printed figure stands for one that is typed or computed: points of the budget and of the total, amounts."""
        if self._form.is_fixed(area):
            return False
        column = self._roles.find("columns", *around.above)
        if column == "weight":
            closes = any(region.last == area.row - 1 for region in self._form.fixed)
            return not closes and bool(self._form.row_role(around) == "funds" or around.is_total)
        if not around.beside or re.search(r"序号|行次|栏次", "".join(around.above[:1])):
            return False
        return column != "" or type_from([*around.above, *around.beside]) == "money"

    def _is_corner(self, area: BlankArea) -> bool:
        """Whether both the row and the column of an empty cell are headings."""
        below = self._blank.below(area)
        row = self._finder.own(area.row)
        before = [one for one in row if one.column < area.column]
        after = [one for one in row if one.column > area.column]
        if (
            not after
            or any(one.content is not Content.EMPTY for one in before)
            or not all(one.is_label for one in after)
        ):
            return False
        return below is not None and (below.is_label or below.spot == area.spot)

    def _is_unscored(self, around: Headings) -> bool:
        """Whether a cell would be the points of a part of the money: only the whole amount has points."""
        parts = {part.rstrip("?") for part in self._roles.sums["funds"]}
        return self._form.row_role(around) in parts and self._roles.find("columns", *around.above) in (
            "weight",
            "score",
        )

    def _is_unused(self, area: BlankArea, around: Headings) -> bool:
        """Whether an empty cell is left over: in a row of keys without a label of its own, or below such a row."""
        if around.keyed:
            return False
        row = area.row - 1
        edges = [(one.column, one.columns) for one in self._finder.own(area.row)]
        if not any(one.is_label and one.row == area.row for one in self._blank.crossing(area.row)) and area.rows == 1:
            return not around.above or self._finder.is_key_row(row) or not self._under_heading(area)
        while row >= self._blank.first_row and [(one.column, one.columns) for one in self._finder.own(row)] == edges:
            if self._finder.is_key_row(row):
                left = self._blank.owner.get((area.row, area.column - 1))
                return left is None or not left.is_label
            row -= 1
        return False

    def _under_heading(self, area: BlankArea) -> bool:
        """Whether the first label above a cell stands in a row of headings."""
        row = area.row - 1
        while (here := self._blank.owner.get((row, area.column))) is not None and not here.is_label:
            if any(region.first <= here.row <= region.last for region in self._form.blocks.values()):
                return False
            row = here.row - 1
        return here is not None and self._finder.is_heading_row(here.last_row)
