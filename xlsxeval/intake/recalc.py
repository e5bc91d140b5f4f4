"""Any workbook's formulas computed again from what the file holds: the reader's flat cells → calc."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from xlsxeval.calc import ExcelError, Node, Scalar, compile_formulas
from xlsxeval.calc.compilation import Surroundings
from xlsxeval.calc.recalculation import Recalculation, recalculate
from xlsxeval.calc.table_refs import Table
from xlsxeval.calc.values import Area
from xlsxeval.intake.cells import RawCell, RawWorkbook, Span
from xlsxeval.model import Address, split_a1


def recalculate_workbook(
    raw: RawWorkbook, now: datetime.datetime | None = None, progress: Callable[[int, int], None] | None = None
) -> Recalculation:
    """Every formula of a workbook with the value that the file shows and the one that it should show.

    ``now`` is what TODAY and NOW give; ``progress`` is told how many formulas are done, and of how many.
    """
    cells: dict[Address, tuple[str | None, Scalar]] = {}
    arrays: dict[Address, tuple[int, int]] = {}
    for sheet in raw.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.empty:
                continue
            address = Address(sheet.name, row, column)
            cells[address] = (cell.formula, cached_value(cell))
            if cell.array is not None and cell.formula is not None:
                arrays[address] = _extent(cell.array)
    return recalculate(
        cells,
        sheets=[sheet.name for sheet in raw.sheets],
        names=_names(raw),
        date1904=raw.date1904,
        arrays=arrays,
        now=now,
        surroundings=_surroundings(raw),
        progress=progress,
    )


def _surroundings(raw: RawWorkbook) -> Surroundings:
    """Hidden rows and tables as calc takes them."""
    return Surroundings(
        {sheet.name: _rows(sheet.hidden_rows) for sheet in raw.sheets if sheet.hidden_rows},
        {sheet.name: _rows(sheet.filtered_rows) for sheet in raw.sheets if sheet.filtered_rows},
        [
            Table(table.name, Area(sheet.name, *table.area), table.columns, table.header_rows, table.totals_rows)
            for sheet in raw.sheets
            for table in sheet.tables
        ],
    )


def _rows(spans: tuple[Span, ...]) -> frozenset[int]:
    return frozenset(row for first, last in spans for row in range(first, last + 1))


_MOST_FORMULAS = 20_000
"""Of more formulas no circle is looked for: no form has as many, and a hostile file must not cost minutes."""


def circles(raw: RawWorkbook) -> list[tuple[Address, str]]:
    """Formulas of a workbook that need themselves: a cell of each circle, and the way round in words. Nothing is computed."""
    formulas: dict[Address, Node | str] = {
        Address(sheet.name, *at): cell.formula
        for sheet in raw.sheets
        for at, cell in sheet.cells.items()
        if cell.formula is not None
    }
    if len(formulas) > _MOST_FORMULAS:
        return []
    program = compile_formulas(formulas, sheets=[sheet.name for sheet in raw.sheets], names=_names(raw))
    return [
        (fault.address, fault.message.removeprefix(f"{fault.address}："))
        for fault in program.faults
        if fault.kind == "cycle"
    ]


def _names(raw: RawWorkbook) -> dict[str | tuple[str, str], Node | str]:
    return {(name.sheet, name.name) if name.sheet is not None else name.name: name.text for name in raw.defined_names}


def cached_value(cell: RawCell) -> Scalar:
    """The constant or stored value of a cell as calc takes it."""
    if cell.kind != "e":
        return cell.value
    known = {error.value: error for error in ExcelError}
    return known.get(str(cell.value), ExcelError.VALUE)


def _extent(box: str) -> tuple[int, int]:
    """Rows and columns of ``C2:D5``."""
    first, _, last = box.replace("$", "").partition(":")
    (top, left), (bottom, right) = split_a1(first), split_a1(last or first)
    return bottom - top + 1, right - left + 1
