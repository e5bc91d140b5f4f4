"""The fields of a draft: which cells are filled in or computed, how they are called, what they hold."""

from __future__ import annotations

import re
from dataclasses import replace

from xlsxeval.importing.blank import BlankArea, Content, Spot, a1_of
from xlsxeval.importing.draft_field import DraftField
from xlsxeval.importing.field_names import INDICATORS, FieldNames
from xlsxeval.importing.filled_cells import FilledCells
from xlsxeval.importing.formulas import cyclic, name_formula
from xlsxeval.importing.implied import implied_formulas, number_sums, printed_rules
from xlsxeval.importing.printed_form import PrintedForm
from xlsxeval.importing.questions import TYPE_CHOICES, Questions
from xlsxeval.importing.regions import LineColumn, Region
from xlsxeval.importing.roles import KeyRole
from xlsxeval.importing.texts import brief, choices, is_total, plain, yes_or_no
from xlsxeval.importing.types import MEASURED, type_from, type_of_filler

_MOST_CHOICES = 240


class Fields:
    """Decides on every cell of a form from ``first_row`` on, and says what each field holds."""

    def __init__(self, form: PrintedForm, questions: Questions, first_row: int) -> None:
        self._form = form
        self._blank = form.blank
        self._finder = form.finder
        self._roles = form.roles
        self._questions = questions
        self._areas = FilledCells(form).areas(first_row)
        self._called = FieldNames(form, self._areas)
        self._all = self._made()

    def name(self, spot: Spot) -> str:
        """What the grid calls the field there: in a block its short name; empty where there is none."""
        return self._called.short.get(spot) or self._called.names.get(spot, "")

    def block_of(self, region: Region) -> str:
        """The name of a block."""
        return self._called.blocks[region]

    def all(self) -> tuple[DraftField, ...]:
        """Every field in the order of the form."""
        return self._all

    @property
    def printed_weight(self) -> float | None:
        """The points of the budget's execution where the form prints them: in the line of the whole amount or over it."""
        spots = {name: spot for spot, name in self._called.names.items() if name in ("funds.weight", "funds.score")}
        number = self._blank.owner[spots["funds.weight"]].number if "funds.weight" in spots else None
        if number is None and "funds.score" in spots:
            around = self._form.headings(self._blank.owner[spots["funds.score"]])
            found = (re.search(r"[（(]([0-9]{1,2})\s*分[)）]", text) for text in (*around.beside, *around.above))
            number = next((float(match[1]) for match in found if match), None)
        return number

    def _key(self, name: str) -> KeyRole | None:
        return next((key for key in self._roles.keys if key.name == name), None)

    def _made(self) -> tuple[DraftField, ...]:
        found: list[DraftField] = []
        for row in self._blank.rows:
            region = self._form.blocks.get(row)
            if region is not None:
                found += [
                    self._line_field(region, column)
                    for column in region.columns
                    if column.area.spot in self._called.short
                ]
            found += [self._field(area) for area in self._areas if area.row == row]
        found = implied_formulas(found, self._roles)
        found = number_sums(found, self._blank, self._finder)
        found = printed_rules([self._rated(one, found) for one in found])
        circular = cyclic({one.name: one.formula for one in found if one.formula})
        return tuple(_without_formula(one) if one.name in circular else one for one in found)

    def _rated(self, one: DraftField, fields: list[DraftField]) -> DraftField:
        """A rate of execution is computed where its line has the budget and what was spent."""
        if one.formula or one.type != "percent" or self._column_of(one) != "rate" or one.spot not in self._called.names:
            return one
        line = {self._column_of(other): other.name for other in fields if other.spot[0] == one.spot[0]}
        if not {"budget", "executed"} <= set(line):
            return one
        return replace(one, formula=f'IF(N({line["budget"]})=0,"",ROUND({line["executed"]}/{line["budget"]},4))')

    def _column_of(self, one: DraftField) -> str:
        return self._roles.find("columns", *self._form.headings(self._blank.owner[one.spot]).above)

    def _field(self, area: BlankArea) -> DraftField:
        around = self._form.headings(area)
        name = self._called.names[area.spot]
        headings = (*around.beside, *around.above) if around.keyed else (*around.above, *around.beside)
        place = a1_of((*area.spot, *area.spot))
        key = self._key(name)
        options = choices(area.text) if area.content is Content.FILLER else ()
        options = options or yes_or_no(around.beside[0] if around.beside else "")
        formula, asks = "", []
        if area.formula:
            formula, why = name_formula(area.formula, self._blank, self._called.names, self._called.columns)
            if why:
                asks.append(f"原表这里的公式是 ={_flat(area.formula)}，{why}，先当填写的格子；请自己写 formula。")
        kind = (key.type if key else "") or self._roles.type_of(name) or type_of_filler(area.text)
        in_fixed = self._form.is_fixed(area)
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
            kind = self._questions.ask(
                f"type:{area.column}:{about}", place, f"「{about}」一列填什么没有看出来。", TYPE_CHOICES, "text"
            )
        if not formula:
            formula = self._detailed(area)
        if not formula and around.is_total and kind in MEASURED and not self._is_implied(name):
            formula = self._total(area, name)
        most = ""
        if in_fixed:
            label = f"{self._form.owner_label(area)}（{brief(around.above[0])}）" if around.above else label
        if kind == "score" and in_fixed:
            weight = [
                one
                for one in self._blank.crossing(area.row)
                if one.row == area.row
                and one.number is not None
                and self._roles.find("lines", *self._finder.of(one).above) == "weight"
            ]
            most = f"{weight[-1].number:g}" if weight and weight[-1].number is not None else ""
        if kind == "weight" and name == "funds.weight":
            return DraftField(name, "分值", kind, area.spot, given="parameters.weight.execution", headings=headings)
        return DraftField(
            name, _flat(label) or name, kind, area.spot, formula, key.given if key else "", options,
            long=bool(key and key.long) or name.startswith("goals."), most=most, headings=headings, asks=tuple(asks),
        )  # fmt: skip

    def _line_field(self, region: Region, column: LineColumn) -> DraftField:
        block, short = self._called.blocks[region], self._called.short[column.area.spot]
        place = a1_of((*column.area.spot, *column.area.spot))
        label = _flat(brief(column.headings[0])) if column.headings else short
        printed = () if region.filled else tuple(text for text in column.printed if plain(text) not in ("…", "……"))
        options: tuple[str, ...] = ()
        if column.is_open and not column.goes_on and any(plain(text) for text in printed):
            printed = ()
        if (
            printed
            and sum(map(len, printed)) + len(printed) <= _MOST_CHOICES
            and not any("," in text for text in printed)
        ):
            options = tuple(text.replace(",", "，") for text in printed)
        kind = "choice" if options else "number" if short == "share" else self._roles.type_of(short)
        kind = kind or (
            "text" if region.is_indicators and short in ("level1", "level2", "level3", "reason", "criterion") else ""
        )
        kind = kind or ("code" if region.is_indicators and short in ("target", "actual") else "")
        samples = column.samples if region.filled else ()
        kind = kind or type_from(
            column.headings, samples, column.printed if region.filled else (), column.area.number_format
        )
        if not kind:
            kind = self._questions.ask(
                f"type:{place}", place, f"「{label}」一列填什么没有看出来。", TYPE_CHOICES, "text"
            )
        formula = ""
        if short == "rate" and {f"{block}.budget", f"{block}.executed"} <= {one.name for one in self._called.columns}:
            formula = 'IF(N(budget)=0,"",ROUND(executed/budget,4))'
        return DraftField(
            f"{block}.{short}",
            label,
            kind,
            column.area.spot,
            formula,
            choices=options,
            strict=not column.goes_on,
            headings=column.headings,
        )

    def _is_implied(self, name: str) -> bool:
        """Whether the usual rules make a formula for it: totals of points, the whole amount of the usual sources."""
        row, _, column = name.rpartition(".")
        parts = [f"{one}.{column}" for one in self._roles.sums.get(row, ()) if not one.endswith("?")]
        totals = (INDICATORS in self._called.blocks.values() or bool(self._form.fixed)) and name in (
            "total.weight",
            "total.score",
        )
        return totals or (bool(parts) and set(parts) <= self._called.roles_taken)

    def _detailed(self, area: BlankArea) -> str:
        """The sum of the details that a line says to follow it, one a line (一个专项一行)."""
        region = self._form.blocks.get(area.row + 1)
        if region is None or region.owner is None or not re.search(r"一[^，。]{1,6}一行", region.owner.text):
            return ""
        return next(
            (
                f"SUM({one.name})"
                for one in self._called.columns
                if one.first == region.first and one.column == area.column
            ),
            "",
        )

    def _total(self, area: BlankArea, name: str) -> str:
        """The sum of the nearest block above in the same column; else a question: the sum of single lines, or typed."""
        above = [column for column in self._called.columns if column.column == area.column and column.last < area.row]
        if above:
            return f"SUM({above[-1].name})"
        lines = self._single_lines(area)
        if len(lines) < 2:
            return ""
        place = a1_of((*area.spot, *area.spot))
        says = "、".join(brief(self._form.headings(one).beside[0]) for one in lines[:4]) + (
            "等" if len(lines) > 4 else ""
        )
        parts = any(self._form.headings(one).beside[0].lstrip().startswith("其中") for one in lines)
        chosen = self._questions.ask(
            f"sum:{area.row}", place, f"这一行的合计，是{says} {len(lines)} 行的和吗？",
            (("sum", "是，由公式相加"), ("typed", "不是，由单位填写")), "typed" if parts else "sum",
        )  # fmt: skip
        return f"SUM({','.join(self._called.names[one.spot] for one in lines)})" if chosen == "sum" else ""

    def _single_lines(self, area: BlankArea) -> list[BlankArea]:
        """The cells of the same column in the lines above a total or, where it comes first, below it."""
        for step in (-1, 1):
            found: list[BlankArea] = []
            row = area.row + step
            while (here := self._blank.owner.get((row, area.column))) is not None and (here.column, here.columns) == (
                area.column,
                area.columns,
            ):
                if here.is_label or is_total(" ".join(self._finder.of(here).beside[:1])):
                    break
                if (
                    here.spot in self._called.names
                    and here.content is not Content.FORMULA
                    and self._form.headings(here).beside
                ):
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
