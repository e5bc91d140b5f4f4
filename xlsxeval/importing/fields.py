"""The fields of a draft: names, labels, types and formulas, each with the questions that it leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xlsxeval.importing.blank import BlankArea, BlankSheet, Spot
from xlsxeval.importing.blocks import LineRun
from xlsxeval.importing.formulas import BlockColumn, cyclic, name_formula
from xlsxeval.importing.guesses import Guess, guess_type
from xlsxeval.importing.headings import brief, headings
from xlsxeval.importing.names import Names, part

_MEASURED = ("money", "count", "weight", "score", "area")


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field; ``asks`` are the questions about it."""

    name: str
    label: str
    type: str
    formula: str = ""
    asks: tuple[str, ...] = ()


class Fields:
    """Names the areas that are fields, then says what each is. Names of blocks come last, so that they differ from all."""

    def __init__(self, blank: BlankSheet, runs: list[LineRun], areas: list[BlankArea]) -> None:
        self._blank = blank
        self._areas = areas
        self._names: dict[Spot, str] = {}
        self._short: dict[Spot, str] = {}
        self._blocks: dict[LineRun, str] = {}
        self._columns: list[BlockColumn] = []
        names = Names()
        first_lines = {run.first: run for run in runs}
        for area in areas:
            if area.row not in first_lines:
                around = headings(blank, area)
                self._names[area.spot] = names.field(
                    around, area.row - blank.first_row + 1, area.column - blank.first_column + 1
                )
        for run in runs:
            self._add_block(run, names)

    def _add_block(self, run: LineRun, names: Names) -> None:
        areas = [area for area in self._areas if area.row == run.first]
        heading = next((text for area in areas for text in headings(self._blank, area).beside), "")
        block = names.block(part(heading), set(self._names.values()))
        self._blocks[run] = block
        taken: set[str] = set()
        for area in areas:
            short = names.short(headings(self._blank, area), area.column - self._blank.first_column + 1, taken)
            taken.add(short)
            self._short[area.spot] = short
            self._columns.append(BlockColumn(f"{block}.{short}", area.column, run.first, run.last))

    def name(self, spot: Spot) -> str:
        """What the grid calls the field there: in a block its short name; empty where there is none."""
        return self._short.get(spot) or self._names.get(spot, "")

    def block_of(self, run: LineRun) -> str:
        return self._blocks[run]

    def all(self) -> tuple[DraftField, ...]:
        """Every field in the order of the form."""
        found = [self._field(area) for area in self._areas]
        circular = cyclic({one.name: one.formula for one in found if one.formula})
        return tuple(_without_formula(one) if one.name in circular else one for one in found)

    def _field(self, area: BlankArea) -> DraftField:
        around = headings(self._blank, area)
        asks: list[str] = []
        guess = guess_type(area, around)
        block = next((name for run, name in self._blocks.items() if run.first == area.row), "")
        name = f"{block}.{self._short[area.spot]}" if block else self._names[area.spot]
        label = brief(around.above[0]) if block and around.above else around.label
        formula = ""
        if area.formula:
            formula, why = name_formula(area.formula, self._blank, self._names, self._columns)
            if why:
                asks.append(f"原表这里的公式是 ={_flat(area.formula)}，{why}，先当填写的格子；请自己写 formula。")
        elif around.is_total and guess.type in _MEASURED and (total := self._total(area)):
            asks.append(f"这一格像是合计；由公式计算的话，加上 formula: {total}")
        if block and self._continues(area):
            guess = Guess("text", sure=False)
        if not guess.sure:
            asks.append("填什么没有看出来，先当文字（text）。")
        return DraftField(name, _flat(label) or name, guess.type, formula, tuple(asks))

    def _continues(self, area: BlankArea) -> bool:
        """Whether what stands above a block's column heads a line of figures and not the column."""
        above = self._blank.owner.get((area.row - 1, area.column))
        right = self._blank.owner.get((area.row - 1, above.last_column + 1)) if above is not None else None
        is_label = above is not None and bool(above.text)
        return is_label and right is not None and right.spot in self._names and not headings(self._blank, area).beside

    def _total(self, area: BlankArea) -> str:
        """The sum of the nearest block above in the same column, or nothing."""
        above = [column for column in self._columns if column.column == area.column and column.last < area.row]
        return f"SUM({above[-1].name})" if above else ""


def _without_formula(field: DraftField) -> DraftField:
    ask = f"原表的公式 {field.formula} 绕了一圈又回到自己，先当填写的格子；请自己写 formula。"
    return replace(field, formula="", asks=(ask, *field.asks))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
