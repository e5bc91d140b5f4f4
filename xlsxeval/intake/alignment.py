"""Which worksheet, row and column of a returned workbook is which of the layout, when they were moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xlsxeval.calc import AreaRef, CellRef, ErrorLiteral, ExcelError, Node, transform
from xlsxeval.forms.sheet_names import FINDINGS_SHEET
from xlsxeval.intake.cells import Box, RawCell, RawSheet, RawWorkbook
from xlsxeval.intake.correspondence import last_column, match
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell, SheetLayout
from xlsxeval.layout.printed import printed_sheet
from xlsxeval.model import Address

_ENOUGH = 0.6
"""Share of a sheet's texts that must stand on another before it is taken for the same one renamed."""


@dataclass(frozen=True)
class SheetView:
    """A returned worksheet seen through the layout: ``rows`` and ``columns`` map the layout's to the file's."""

    layout: SheetLayout
    raw: RawSheet
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    @property
    def moved(self) -> bool:
        """Whether any row stands elsewhere, or is gone."""
        return any(self.rows.get(row) != row for row in range(1, self.layout.print_rows + 1))

    @property
    def shifted(self) -> bool:
        """Whether any column stands elsewhere, or is gone."""
        return any(self.columns.get(column) != column for column in range(1, last_column(self.layout) + 1))

    @property
    def lossy(self) -> bool:
        """Whether any row or column of the form is gone."""
        every_row = all(row in self.rows for row in range(1, self.layout.print_rows + 1))
        return not every_row or any(column not in self.columns for column in range(1, last_column(self.layout) + 1))

    @property
    def renamed(self) -> bool:
        return self.raw.name != self.layout.name

    @cached_property
    def placed(self) -> Sequence[tuple[PlacedCell, tuple[int, int]]]:
        """The layout's cells that are still there, each with its row and column in the file."""
        rows, columns = self.rows, self.columns
        return [
            (cell, (rows[at.row], columns[at.column]))
            for cell in self.layout.cells
            if (at := cell.address).row in rows and at.column in columns
        ]

    def has(self, address: Address) -> bool:
        """Whether the row and the column of a cell of the layout are still there."""
        return address.row in self.rows and address.column in self.columns

    def cell(self, address: Address) -> RawCell | None:
        """What the file has for a cell of the layout."""
        place = self.rows.get(address.row, 0), self.columns.get(address.column, 0)
        return self.raw.cells.get(place)

    def box(self, first_row: int, first_column: int, last_row: int, last_column: int) -> Box | None:
        """Where an area of the layout stands in the file, None where nothing of it is left."""
        rows, columns = _span(self.rows, first_row, last_row), _span(self.columns, first_column, last_column)
        return (rows[0], columns[0], rows[1], columns[1]) if rows and columns else None

    def place(self, address: Address) -> Address:
        """Where a cell of the layout stands in the file."""
        row, column = self.rows.get(address.row, address.row), self.columns.get(address.column, address.column)
        return Address(self.raw.name, row, column)

    def homes(self) -> Iterator[tuple[Address, Address]]:
        """Every place of the file that belongs to the form, with the layout's cell there; of merged cells the first."""
        for cell in self.layout.cells:
            at = cell.address
            rows = [self.rows[row] for row in range(at.row, at.row + cell.rows) if row in self.rows]
            columns = [self.columns[own] for own in range(at.column, at.column + cell.columns) if own in self.columns]
            yield from ((Address(self.raw.name, row, column), at) for row in rows for column in columns)


def align(layout: Layout, raw: RawWorkbook) -> dict[str, SheetView]:
    """The layout's worksheets found in a workbook, by the layout's names; what is not found is not in the result."""
    found: dict[str, RawSheet] = {}
    for sheet in layout.sheets:
        same = raw.sheet(sheet.name)
        if same is not None and same.kind == "worksheet":
            found[sheet.name] = same
    taken = {id(sheet) for sheet in found.values()}
    spare = [sheet for sheet in raw.sheets if id(sheet) not in taken and sheet.name != FINDINGS_SHEET]
    for sheet in layout.sheets:
        if sheet.name in found:
            continue
        best = max(spare, key=lambda other: _likeness(sheet, other), default=None)
        if best is not None and _likeness(sheet, best) >= _ENOUGH:
            found[sheet.name] = best
            spare.remove(best)
    ours = [sheet for sheet in layout.sheets if sheet.name in found]
    return {sheet.name: SheetView(sheet, found[sheet.name], *match(sheet, found[sheet.name], raw)) for sheet in ours}


def align_printed(layout: Layout, raw: RawWorkbook) -> dict[str, SheetView]:
    """The worksheets with what the form prints alone; of the file, too, what stands beside that is left out."""
    printed = replace(layout, sheets=tuple(map(printed_sheet, layout.sheets)))
    return {name: _cropped(view) for name, view in align(printed, raw).items()}


def _cropped(view: SheetView) -> SheetView:
    last = max(view.columns.values(), default=0)
    cells = {place: cell for place, cell in view.raw.cells.items() if place[1] <= last}
    merges = tuple(box for box in view.raw.merges if box[1] <= last)
    return replace(view, raw=replace(view.raw, cells=cells, merges=merges))


def relocate(node: Node, views: Mapping[str, SheetView], own: SheetView) -> Node:
    """A formula of the layout as it must stand in the file: names, rows, columns followed, what is gone as #REF!."""

    def follow(part: Node) -> Node | None:
        if not isinstance(part, (CellRef, AreaRef)):
            return None
        view = own if part.sheet is None else views.get(part.sheet)
        if view is None:
            return ErrorLiteral(ExcelError.REF)
        if isinstance(part, CellRef):
            box = view.box(part.row, part.column, part.row, part.column)
        else:
            box = view.box(part.first_row, part.first_column, part.last_row, part.last_column)
        if box is None:
            return ErrorLiteral(ExcelError.REF)
        sheet = None if view is own else view.raw.name
        return CellRef(sheet, *box[:2]) if isinstance(part, CellRef) else AreaRef(sheet, *box)

    return transform(node, follow)


def _span(places: Mapping[int, int], first: int, last: int) -> tuple[int, int] | None:
    """Where a run of the layout's rows or columns stands in the file."""
    left = [places[number] for number in range(first, last + 1) if number in places]
    return (min(left), max(left)) if left else None


def _likeness(sheet: SheetLayout, raw: RawSheet) -> float:
    """Share of the layout's labels and given texts that stand anywhere in a sheet."""
    fixed = (CellKind.LABEL, CellKind.GIVEN)
    wanted = {str(cell.value) for cell in sheet.cells if cell.kind in fixed and isinstance(cell.value, str)}
    have = {cell.value for cell in raw.cells.values() if isinstance(cell.value, str)}
    return len(wanted & have) / len(wanted) if wanted else 0.0
