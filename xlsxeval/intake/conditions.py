"""Conditional formats of one worksheet: where they lie, and what they make of a cell."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.intake.boxes import RANGE_COST, boxes
from xlsxeval.intake.cells import RawCondition, RawDifferential
from xlsxeval.intake.colors import Palette
from xlsxeval.intake.differentials import WrittenDifferential, watch_differentials
from xlsxeval.intake.markup import Budget
from xlsxeval.intake.schema import Attributes, Schema
from xlsxeval.intake.styles import flag


class ConditionReader:
    """Gathers the conditional formats of one worksheet, from the worksheet itself and from Excel's 2010 extension.

    Whether the condition of one is true is not decided: a format that hides a figure is one too many.
    """

    def __init__(
        self, budget: Budget, schema: Schema, palette: Palette, differentials: Sequence[RawDifferential]
    ) -> None:
        self.found: list[RawCondition] = []
        self._budget = budget
        self._palette = palette
        self._differentials = differentials
        self._ranges = ""
        self._looks: list[RawDifferential] = []
        self._written: list[WrittenDifferential] = []
        plain = "worksheet/conditionalFormatting"
        schema.on(plain, self._open, lambda _: self._close())
        schema.on(f"{plain}/cfRule", self._rule)
        for bar in ("dataBar", "iconSet"):
            schema.on(f"{plain}/cfRule/{bar}", self._bar)
        schema.on(f"{plain}/cfRule/colorScale/color", self._scale)
        extended = "worksheet/extLst/ext/x14:conditionalFormattings/x14:conditionalFormatting"
        schema.on(extended, self._open, lambda _: self._close())
        schema.on(f"{extended}/xm:sqref", closed=self._sqref)
        for bar in ("x14:dataBar", "x14:iconSet"):
            schema.on(f"{extended}/x14:cfRule/{bar}", self._bar)
        watch_differentials(schema, f"{extended}/x14:cfRule/x14:dxf", lambda look: self._written.append(look))

    def _open(self, attributes: Attributes) -> None:
        self._ranges = attributes.get("sqref", "")
        self._looks = []
        self._written = []

    def _sqref(self, text: str) -> None:
        self._ranges = text

    def _rule(self, attributes: Attributes) -> None:
        index = attributes.get("dxfId", "")
        if index.isascii() and index.isdigit() and len(index) < 8 and int(index) < len(self._differentials):
            self._looks.append(self._differentials[int(index)])

    def _bar(self, attributes: Attributes) -> None:
        if not flag(attributes, "showValue", default=True):
            self._looks.append(RawDifferential(number_format=";;;"))

    def _scale(self, color: Attributes) -> None:
        self._looks.append(RawDifferential(fill_color=self._palette.resolve(color)))

    def _close(self) -> None:
        self._budget.spend(RANGE_COST * len(self._ranges.split()))
        self._looks += (look.resolved(self._palette) for look in self._written)
        self.found.append(RawCondition(boxes(self._ranges), tuple(dict.fromkeys(self._looks))))
