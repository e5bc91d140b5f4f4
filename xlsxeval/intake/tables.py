"""The tables of a worksheet (Excel's own, with a name and columns) and the rows that its filters may hide."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.intake.boxes import box
from xlsxeval.intake.cells import Box, RawTable, Span
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.lenient import parse_if_sound
from xlsxeval.intake.literals import number, unescape
from xlsxeval.intake.package import Package, Relation
from xlsxeval.intake.schema import Attributes, Schema


class FilterReader:
    """The ranges of filters that are set: an arrow without a chosen value hides nothing."""

    def __init__(self, schema: Schema, root: str) -> None:
        self.found: list[Box] = []
        self._area: Box | None = None
        schema.on(f"{root}/autoFilter", self._open)
        schema.on(f"{root}/autoFilter/filterColumn", self._column)

    def _open(self, attributes: Attributes) -> None:
        self._area = box(attributes.get("ref", ""))

    def _column(self, _: Attributes) -> None:
        if self._area is not None and self._area not in self.found:
            self.found.append(self._area)


def read_tables(
    package: Package, relations: Sequence[Relation], log: FaultLog
) -> tuple[tuple[RawTable, ...], tuple[Box, ...]]:
    """The tables of a worksheet, and the ranges of those whose filter is set. Unreadable ones are left out."""
    tables: list[RawTable] = []
    columns: list[str] = []
    opened: list[Attributes] = []
    schema = Schema()
    schema.on("table", opened.append)
    schema.on("table/tableColumns/tableColumn", lambda attributes: columns.append(unescape(attributes.get("name", ""))))
    filters = FilterReader(schema, "table")
    for relation in relations:
        if relation.kind != "table" or relation.external or relation.part not in package:
            continue
        opened.clear()
        columns.clear()
        parse_if_sound(package, relation.part, schema, log)
        area = box(opened[0].get("ref", "")) if opened else None
        if area is None:
            continue
        attributes = opened[0]
        name = attributes.get("displayName", attributes.get("name", ""))
        heading, totals = number(attributes.get("headerRowCount", "1")), number(attributes.get("totalsRowCount", "0"))
        tables.append(RawTable(name, area, tuple(columns), int(heading or 0), int(totals or 0)))
    return tuple(tables), tuple(filters.found)


def filtered_rows(hidden: Sequence[Span], filters: Sequence[Box]) -> tuple[Span, ...]:
    """The hidden rows that count as filtered: where a filter is set, Excel takes all hidden rows of the worksheet for such."""
    return tuple(hidden) if filters else ()
