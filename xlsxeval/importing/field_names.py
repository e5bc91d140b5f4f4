"""What the fields of a form are called: as the editions call them where their headings are known, else by the headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxeval.importing.blank import BlankArea, Content, Spot
from xlsxeval.importing.formulas import BlockColumn
from xlsxeval.importing.headings import Headings
from xlsxeval.importing.names import Names, part
from xlsxeval.importing.printed_form import PrintedForm
from xlsxeval.importing.regions import LineColumn, Region

INDICATORS = "indicators"
_OTHER_PERIOD = re.compile(r"长期|中长期|中期|总体(?!目标)|实施期|总目标")


class FieldNames:
    """Names every field once. ``short`` are names inside blocks; names of blocks come last, so that they differ from all."""

    def __init__(self, form: PrintedForm, areas: Sequence[BlankArea]) -> None:
        self._form = form
        self._blank = form.blank
        self._finder = form.finder
        self._roles = form.roles
        self._namer = Names()
        self.roles_taken: set[str] = set()
        self.names: dict[Spot, str] = {}
        self.short: dict[Spot, str] = {}
        self.blocks: dict[Region, str] = {}
        self.columns: list[BlockColumn] = []
        for area in areas:
            self.names[area.spot] = self._name(area)
        for region in form.blocks.values():
            self._add_block(region)

    def _name(self, area: BlankArea) -> str:
        around = self._form.headings(area)
        if self._form.is_fixed(area):
            return self._fixed_name(area, around)
        role = self._role(area, around)
        if role and role not in self.roles_taken:
            self.roles_taken.add(role)
            return self._namer.take(role)
        return self._namer.field(
            around, area.row - self._blank.first_row + 1, area.column - self._blank.first_column + 1
        )

    def _role(self, area: BlankArea, around: Headings) -> str:
        roles, above = self._roles, around.above
        if around.beside and (around.keyed or not above):
            key = roles.key(around.beside[0])
            if key is not None:
                return key.name
            single = roles.find("singles", around.beside[0]) if around.keyed else ""
            if single:
                return single
        if above and not around.keyed:
            goal = roles.find("goals", above[0])
            if goal and not self._form.row_role(around):
                return goal
            column = roles.find("columns", *above)
            row = self._form.row_role(around)
            if row == "funds" and around.is_total and self._form.closes_block(area):
                row = "total"
            if row and column:
                return f"{row}.{column}"
            if around.is_total and column in ("weight", "score"):
                return f"total.{column}"
            top = roles.find("tops", *above)
            if top:
                return top
        return ""

    def _fixed_name(self, area: BlankArea, around: Headings) -> str:
        """``预算执行率.score``: the deepest printed class of the line, then what the column is."""
        kind = (
            self._roles.find("lines", *around.above)
            or part(around.above[0] if around.above else "")
            or f"第{area.column}列"
        )
        return self._namer.take(f"{part(self._form.owner_label(area)) or '指标'}.{kind}")

    def _add_block(self, region: Region) -> None:
        side = [text for column in region.columns[:1] for text in self._finder.of(column.area).beside]
        period = "".join([*side, *(text for column in region.columns for text in column.headings)])
        block = part(side[0]) if side else ""
        if region.is_indicators and INDICATORS not in self.blocks.values() and not _OTHER_PERIOD.search(period):
            block = INDICATORS
        elif region.owner is not None:
            row = self._roles.find("rows", region.owner.text)
            block = f"{row}s" if row else f"{part(region.owner.text)}明细"
        block = self._namer.block(block, set(self.names.values()))
        self.blocks[region] = block
        taken: set[str] = set()
        table = "lines" if region.is_indicators else "columns"
        for column in region.columns:
            if not self._in_block(column):
                continue
            role = self._roles.find(table, *self._form.dated(column.headings))
            if region.owner is not None and column is region.columns[0]:
                role = "name"
            if role == "weight" and "level1" in taken and "level3" not in taken and "level2" not in taken:
                role = "share"
            number = column.area.column - self._blank.first_column + 1
            short = (
                role
                if role and role not in taken
                else self._namer.short(self._form.dated(column.headings), number, taken)
            )
            taken.add(short)
            self.short[column.area.spot] = short
            self.columns.append(BlockColumn(f"{block}.{short}", column.area.column, region.first, region.last))

    @staticmethod
    def _in_block(column: LineColumn) -> bool:
        return column.area.content is not Content.DASH and bool(column.headings or column.printed)
