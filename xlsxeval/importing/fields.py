"""The fields of a draft: which cells are filled in or computed, how they are called, what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from xlsxeval.importing.blank import BlankArea, BlankSheet, Content, Spot, a1_of
from xlsxeval.importing.formulas import BlockColumn, cyclic, name_formula
from xlsxeval.importing.headings import HeadingFinder, Headings
from xlsxeval.importing.implied import implied_formulas, number_sums, printed_rules
from xlsxeval.importing.names import Names, part
from xlsxeval.importing.preparation import latest_year
from xlsxeval.importing.questions import TYPE_CHOICES, Questions
from xlsxeval.importing.regions import LineColumn, Region
from xlsxeval.importing.roles import KeyRole, Roles
from xlsxeval.importing.texts import brief, choices, is_total, plain, yes_or_no
from xlsxeval.importing.types import type_from, type_of_filler

MEASURED = ("money", "signed_money", "count", "area", "weight", "score", "number")
INDICATORS = "indicators"
_OTHER_PERIOD = re.compile(r"长期|中长期|中期|总体(?!目标)|实施期|总目标")
_MOST_CHOICES = 240


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field. ``spot`` is its cell on the form, ``headings`` the printed words that it was named by."""

    name: str
    label: str
    type: str
    spot: Spot
    formula: str = ""
    given: str = ""
    choices: tuple[str, ...] = ()
    strict: bool = True
    long: bool = False
    most: str = ""
    headings: tuple[str, ...] = field(default=(), compare=False)
    asks: tuple[str, ...] = ()

    @property
    def measured(self) -> bool:
        return self.type in MEASURED


class Fields:
    """Decides on every cell of a form. Names of blocks come last, so that they differ from all."""

    def __init__(
        self,
        blank: BlankSheet,
        finder: HeadingFinder,
        regions: list[Region],
        roles: Roles,
        questions: Questions,
        first_row: int,
    ) -> None:
        self._blank = blank
        self._finder = finder
        self._roles = roles
        self._questions = questions
        self._regions = {region.first: region for region in regions if not region.fixed}
        self._fixed = [region for region in regions if region.fixed]
        self._year = latest_year(blank)
        self._names: dict[Spot, str] = {}
        self._short: dict[Spot, str] = {}
        self._blocks: dict[Region, str] = {}
        self._columns: list[BlockColumn] = []
        self._taken: set[str] = set()
        self._namer = Names()
        self._around: dict[Spot, Headings] = {}
        self._areas = [area for area in self._cells(first_row) if self._is_field(area)]
        for area in self._areas:
            self._names[area.spot] = self._name(area)
        for region in self._regions.values():
            self._add_block(region)
        self._all = self._made()

    def name(self, spot: Spot) -> str:
        """What the grid calls the field there: in a block its short name; empty where there is none."""
        return self._short.get(spot) or self._names.get(spot, "")

    def block_of(self, region: Region) -> str:
        return self._blocks[region]

    def all(self) -> tuple[DraftField, ...]:
        """Every field in the order of the form."""
        return self._all

    @property
    def printed_weight(self) -> float | None:
        """The points of the budget's execution where the form prints them: in the line of the whole amount or over it."""
        spots = {name: spot for spot, name in self._names.items() if name in ("funds.weight", "funds.score")}
        number = self._blank.owner[spots["funds.weight"]].number if "funds.weight" in spots else None
        if number is None and "funds.score" in spots:
            around = self._headings(self._blank.owner[spots["funds.score"]])
            found = (re.search(r"[（(]([0-9]{1,2})\s*分[)）]", text) for text in (*around.beside, *around.above))
            number = next((float(match[1]) for match in found if match), None)
        return number

    # which cells

    def _cells(self, first_row: int) -> Iterator[BlankArea]:
        skipped = {row for region in self._regions.values() for row in range(region.first, region.last + 1)}
        for row in self._blank.rows:
            if row >= first_row and row not in skipped:
                yield from self._blank.areas(row)

    def _is_field(self, area: BlankArea) -> bool:
        content = area.content
        if content is Content.FORMULA:
            return True
        if content not in (Content.EMPTY, Content.FILLER, Content.VALUE):
            return False
        around = self._headings(area)
        if not around.beside and not around.above:
            return False
        if content is Content.VALUE:
            return self._is_figure(area, around)
        if content is Content.FILLER:
            return True
        if self._is_corner(area) or self._is_unused(area, around) or self._is_unscored(around):
            return False
        if around.is_total and type_from([*around.above, *around.beside]) not in (*MEASURED, "percent"):
            return False
        return True

    def _headings(self, area: BlankArea) -> Headings:
        if area.spot not in self._around:
            found = self._finder.of(area)
            self._around[area.spot] = replace(found, beside=self._dated(found.beside), above=self._dated(found.above))
        return self._around[area.spot]

    def _dated(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Headings with 本年 and 上年 in the place of the form's own years."""
        if self._year is None:
            return texts
        for year, word in ((self._year, "本年"), (self._year - 1, "上年")):
            texts = tuple(re.sub(rf"{year}\s*年度?", word, text) for text in texts)
        return texts

    def _is_figure(self, area: BlankArea, around: Headings) -> bool:
        """Whether a printed figure stands for one that is typed or computed: points of the budget and of the total, amounts."""
        if any(region.first <= area.row <= region.last for region in self._fixed):
            return False
        column = self._roles.find("columns", *around.above)
        if column == "weight":
            closes = any(region.last == area.row - 1 for region in self._fixed)
            return not closes and bool(self._row_role(around) == "funds" or around.is_total)
        if not around.beside or re.search(r"序号|行次|栏次", "".join(around.above[:1])):
            return False
        return column != "" or type_from([*around.above, *around.beside]) == "money"

    def _is_corner(self, area: BlankArea) -> bool:
        """Whether both the row and the column of an empty cell are headings."""
        below = self._blank.below(area)
        row = self._finder.own(area.row)
        before = [one for one in row if one.column < area.column]
        after = [one for one in row if one.column > area.column]
        if not after or any(one.content is not Content.EMPTY for one in before) or not all(one.is_label for one in after):
            return False
        return below is not None and (below.is_label or below.spot == area.spot)

    def _is_unscored(self, around: Headings) -> bool:
        """Whether a cell would be the points of a part of the money: only the whole amount has points."""
        parts = {part.rstrip("?") for part in self._roles.sums["funds"]}
        return self._row_role(around) in parts and self._roles.find("columns", *around.above) in ("weight", "score")

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
            if any(region.first <= here.row <= region.last for region in self._regions.values()):
                return False
            row = here.row - 1
        return here is not None and self._finder.is_heading_row(here.last_row)

    # names

    def _name(self, area: BlankArea) -> str:
        around = self._headings(area)
        for region in self._fixed:
            if region.first <= area.row <= region.last:
                return self._fixed_name(area, around)
        role = self._role(area, around)
        if role and role not in self._taken:
            self._taken.add(role)
            return self._namer.take(role)
        return self._namer.field(around, area.row - self._blank.first_row + 1, area.column - self._blank.first_column + 1)

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
            if goal and not self._row_role(around):
                return goal
            column = roles.find("columns", *above)
            row = self._row_role(around)
            if row == "funds" and around.is_total and self._closes_block(area):
                row = "total"
            if row and column:
                return f"{row}.{column}"
            if around.is_total and column in ("weight", "score"):
                return f"total.{column}"
            top = roles.find("tops", *above)
            if top:
                return top
        return ""

    def _closes_block(self, area: BlankArea) -> bool:
        """Whether a line of sums ends lines above it: a block, or single lines."""
        above = self._blank.owner.get((area.row - 1, area.column))
        if above is not None and not above.is_label and self._finder.of(above).beside[:1] not in ((), self._headings(area).beside[:1]):
            return True
        return any(region.last == area.row - 1 for region in (*self._regions.values(), *self._fixed))

    def _row_role(self, around: Headings) -> str:
        return next((role for text in around.beside[:1] if (role := self._roles.find("rows", text))), "")

    def _key(self, name: str) -> KeyRole | None:
        return next((key for key in self._roles.keys if key.name == name), None)

    def _fixed_name(self, area: BlankArea, around: Headings) -> str:
        """``预算执行率.score``: the deepest printed class of the line, then what the column is."""
        kind = self._roles.find("lines", *around.above) or part(around.above[0] if around.above else "") or f"第{area.column}列"
        return self._namer.take(f"{part(self._owner_label(area)) or '指标'}.{kind}")

    def _owner_label(self, area: BlankArea) -> str:
        """The deepest printed class of a line with a name of its own."""
        region = next(region for region in self._fixed if region.first <= area.row <= region.last)
        labels = [one for one in self._blank.crossing(area.row) if one.is_label and one.column < area.column]
        levels = [one for one in labels if self._roles.find("lines", *self._finder.columns_above(BlankArea(region.first, one.column, 1, one.columns))).startswith("level")]
        return (levels or labels or [area])[-1].text

    def _add_block(self, region: Region) -> None:
        side = [text for column in region.columns[:1] for text in self._finder.of(column.area).beside]
        period = "".join([*side, *(text for column in region.columns for text in column.headings)])
        block = part(side[0]) if side else ""
        if region.is_indicators and INDICATORS not in self._blocks.values() and not _OTHER_PERIOD.search(period):
            block = INDICATORS
        elif region.owner is not None:
            row = self._roles.find("rows", region.owner.text)
            block = f"{row}s" if row else f"{part(region.owner.text)}明细"
        block = self._namer.block(block, set(self._names.values()))
        self._blocks[region] = block
        taken: set[str] = set()
        table = "lines" if region.is_indicators else "columns"
        for column in region.columns:
            if not self._in_block(column):
                continue
            role = self._roles.find(table, *self._dated(column.headings))
            if region.owner is not None and column is region.columns[0]:
                role = "name"
            if role == "weight" and "level1" in taken and "level3" not in taken and "level2" not in taken:
                role = "share"
            number = column.area.column - self._blank.first_column + 1
            short = role if role and role not in taken else self._namer.short(self._dated(column.headings), number, taken)
            taken.add(short)
            self._short[column.area.spot] = short
            self._columns.append(BlockColumn(f"{block}.{short}", column.area.column, region.first, region.last))

    @staticmethod
    def _in_block(column: LineColumn) -> bool:
        return column.area.content is not Content.DASH and bool(column.headings or column.printed)

    # contents

    def _made(self) -> tuple[DraftField, ...]:
        found: list[DraftField] = []
        for row in self._blank.rows:
            region = self._regions.get(row)
            if region is not None:
                found += [self._line_field(region, column) for column in region.columns if column.area.spot in self._short]
            found += [self._field(area) for area in self._areas if area.row == row]
        found = implied_formulas(found, self._roles)
        found = number_sums(found, self._blank, self._finder)
        found = printed_rules([self._rated(one, found) for one in found])
        circular = cyclic({one.name: one.formula for one in found if one.formula})
        return tuple(_without_formula(one) if one.name in circular else one for one in found)

    def _rated(self, one: DraftField, fields: list[DraftField]) -> DraftField:
        """A rate of execution is computed where its line has the budget and what was spent."""
        if one.formula or one.type != "percent" or self._column_of(one) != "rate" or one.spot not in self._names:
            return one
        line = {self._column_of(other): other.name for other in fields if other.spot[0] == one.spot[0]}
        if not {"budget", "executed"} <= set(line):
            return one
        return replace(one, formula=f'IF(N({line["budget"]})=0,"",ROUND({line["executed"]}/{line["budget"]},4))')

    def _column_of(self, one: DraftField) -> str:
        around = self._around.get(one.spot)
        return self._roles.find("columns", *around.above) if around else ""

    def _field(self, area: BlankArea) -> DraftField:
        around = self._headings(area)
        name = self._names[area.spot]
        headings = (*around.beside, *around.above) if around.keyed else (*around.above, *around.beside)
        place = a1_of((*area.spot, *area.spot))
        key = self._key(name)
        options = choices(area.text) if area.content is Content.FILLER else ()
        options = options or yes_or_no(around.beside[0] if around.beside else "")
        formula, asks = "", []
        if area.formula:
            formula, why = name_formula(area.formula, self._blank, self._names, self._columns)
            if why:
                asks.append(f"原表这里的公式是 ={_flat(area.formula)}，{why}，先当填写的格子；请自己写 formula。")
        kind = (key.type if key else "") or self._roles.type_of(name) or type_of_filler(area.text)
        in_fixed = any(region.first <= area.row <= region.last for region in self._fixed)
        told = around.above if in_fixed else headings
        kind = "choice" if options else kind or ("text" if key else type_from(told, (), (), area.number_format))
        label = around.label
        if name.startswith("goals.") and around.above and not around.keyed:
            label = brief(around.above[0])
        elif key and around.beside:
            label = brief(around.beside[0])
        if not kind:
            kind = "text" if around.keyed or not around.above else ""
        if not kind:
            about = _flat(brief(around.above[0]))
            kind = self._questions.ask(f"type:{area.column}:{about}", place, f"「{about}」一列填什么没有看出来。", TYPE_CHOICES, "text")
        if not formula:
            formula = self._detailed(area)
        if not formula and around.is_total and kind in MEASURED and not self._is_implied(name):
            formula = self._total(area, name)
        most = ""
        if in_fixed:
            label = f"{self._owner_label(area)}（{brief(around.above[0])}）" if around.above else label
        if kind == "score" and in_fixed:
            weight = [one for one in self._blank.crossing(area.row) if one.row == area.row and one.number is not None and self._roles.find("lines", *self._finder.of(one).above) == "weight"]
            most = f"{weight[-1].number:g}" if weight and weight[-1].number is not None else ""
        if kind == "weight" and name == "funds.weight":
            return DraftField(name, "分值", kind, area.spot, given="parameters.weight.execution", headings=headings)
        return DraftField(
            name, _flat(label) or name, kind, area.spot, formula, key.given if key else "", options,
            long=bool(key and key.long) or name.startswith("goals."), most=most, headings=headings, asks=tuple(asks),
        )  # fmt: skip

    def _line_field(self, region: Region, column: LineColumn) -> DraftField:
        block, short = self._blocks[region], self._short[column.area.spot]
        place = a1_of((*column.area.spot, *column.area.spot))
        label = _flat(brief(column.headings[0])) if column.headings else short
        printed = () if region.filled else tuple(text for text in column.printed if plain(text) not in ("…", "……"))
        options: tuple[str, ...] = ()
        if column.is_open and not column.goes_on and any(plain(text) for text in printed):
            printed = ()
        if printed and sum(map(len, printed)) + len(printed) <= _MOST_CHOICES and not any("," in text for text in printed):
            options = tuple(text.replace(",", "，") for text in printed)
        kind = "choice" if options else "number" if short == "share" else self._roles.type_of(short)
        kind = kind or ("text" if region.is_indicators and short in ("level1", "level2", "level3", "reason", "criterion") else "")
        kind = kind or ("code" if region.is_indicators and short in ("target", "actual") else "")
        samples = column.samples if region.filled else ()
        kind = kind or type_from(column.headings, samples, column.printed if region.filled else (), column.area.number_format)
        if not kind:
            kind = self._questions.ask(f"type:{place}", place, f"「{label}」一列填什么没有看出来。", TYPE_CHOICES, "text")
        formula = ""
        if short == "rate" and {f"{block}.budget", f"{block}.executed"} <= {one.name for one in self._columns}:
            formula = 'IF(N(budget)=0,"",ROUND(executed/budget,4))'
        return DraftField(f"{block}.{short}", label, kind, column.area.spot, formula, choices=options, strict=not column.goes_on, headings=column.headings)

    def _is_implied(self, name: str) -> bool:
        """Whether the usual rules make a formula for it: totals of points, the whole amount of the usual sources."""
        row, _, column = name.rpartition(".")
        parts = [f"{one}.{column}" for one in self._roles.sums.get(row, ()) if not one.endswith("?")]
        totals = (INDICATORS in self._blocks.values() or bool(self._fixed)) and name in ("total.weight", "total.score")
        return totals or bool(parts) and set(parts) <= self._taken

    def _detailed(self, area: BlankArea) -> str:
        """The sum of the details that a line says to follow it, one a line (一个专项一行)."""
        region = self._regions.get(area.row + 1)
        if region is None or region.owner is None or not re.search(r"一[^，。]{1,6}一行", region.owner.text):
            return ""
        return next((f"SUM({one.name})" for one in self._columns if one.first == region.first and one.column == area.column), "")

    def _total(self, area: BlankArea, name: str) -> str:
        """The sum of the nearest block above in the same column; else a question: the sum of single lines, or typed."""
        above = [column for column in self._columns if column.column == area.column and column.last < area.row]
        if above:
            return f"SUM({above[-1].name})"
        lines = self._single_lines(area)
        if len(lines) < 2:
            return ""
        place = a1_of((*area.spot, *area.spot))
        says = "、".join(brief(self._headings(one).beside[0]) for one in lines[:4]) + ("等" if len(lines) > 4 else "")
        parts = any(self._headings(one).beside[0].lstrip().startswith("其中") for one in lines)
        chosen = self._questions.ask(
            f"sum:{area.row}", place, f"这一行的合计，是{says} {len(lines)} 行的和吗？",
            (("sum", "是，由公式相加"), ("typed", "不是，由单位填写")), "typed" if parts else "sum",
        )  # fmt: skip
        return f"SUM({','.join(self._names[one.spot] for one in lines)})" if chosen == "sum" else ""

    def _single_lines(self, area: BlankArea) -> list[BlankArea]:
        """The cells of the same column in the lines above a total or, where it comes first, below it."""
        for step in (-1, 1):
            found: list[BlankArea] = []
            row = area.row + step
            while (here := self._blank.owner.get((row, area.column))) is not None and (here.column, here.columns) == (area.column, area.columns):
                if here.is_label or is_total(" ".join(self._finder.of(here).beside[:1])):
                    break
                if here.spot in self._names and here.content is not Content.FORMULA and self._headings(here).beside:
                    found.append(here)
                row = here.row - 1 if step < 0 else here.last_row + 1
            if found:
                return found[::-1] if step < 0 else found
        return []


def _without_formula(one: DraftField) -> DraftField:
    ask = f"公式 {one.formula} 绕了一圈又回到自己，先当填写的格子；请自己写 formula。"
    return replace(one, formula="", asks=(ask, *one.asks))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
