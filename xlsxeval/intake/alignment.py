"""Which worksheet and which row of a returned workbook is which of the layout, when sheets or rows were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from xlsxeval.calc import AreaRef, CellRef, ErrorLiteral, ExcelError, Node, transform
from xlsxeval.forms.layout import CellKind, Layout, SheetLayout
from xlsxeval.forms.sheetnames import FINDINGS_SHEET
from xlsxeval.intake.cells import RawCell, RawSheet, RawWorkbook
from xlsxeval.model import Address

_FORMULA = "ƒ"
_INPUT = "□"
_ENOUGH = 0.6
"""Share of a sheet's labelled rows that must be found again before values are taken from moved places."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """A returned worksheet seen through the layout: ``rows`` maps the layout's rows to the file's."""

    layout: SheetLayout
    raw: RawSheet
    rows: Mapping[int, int]

    @property
    def moved(self) -> bool:
        """Whether any row stands elsewhere, or is gone."""
        return any(self.rows.get(row) != row for row in range(1, self.layout.print_rows + 1))

    @property
    def renamed(self) -> bool:
        return self.raw.name != self.layout.name

    def cell(self, address: Address) -> RawCell | None:
        """What the file has for a cell of the layout."""
        row = self.rows.get(address.row)
        return None if row is None else self.raw.cells.get((row, address.column))

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where a run of the layout's rows stands in the file, None where nothing of it is left."""
        left = [self.rows[row] for row in range(first, last + 1) if row in self.rows]
        return (left[0], left[-1]) if left else None

    def place(self, address: Address) -> Address:
        """Where a cell of the layout stands in the file."""
        return Address(self.raw.name, self.rows.get(address.row, address.row), address.column)

    def home(self, row: int, column: int) -> Address | None:
        """The cell of the layout that a place of the file belongs to, of merged cells the first; None for none."""
        own = next((ours for ours, theirs in self.rows.items() if theirs == row), None)
        for cell in self.layout.cells if own is not None else ():
            down, right = (own or 0) - cell.address.row, column - cell.address.column
            if 0 <= down < cell.rows and 0 <= right < cell.columns:
                return cell.address
        return None


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
    return {sheet.name: SheetView(sheet, found[sheet.name], _rows(sheet, found[sheet.name], raw)) for sheet in ours}


def relocate(node: Node, views: Mapping[str, SheetView], own: SheetView) -> Node:
    """A formula of the layout as it must stand in the file: names and rows followed, what is gone as #REF!."""

    def follow(part: Node) -> Node | None:
        if not isinstance(part, (CellRef, AreaRef)):
            return None
        view = own if part.sheet is None else views.get(part.sheet)
        if view is None:
            return ErrorLiteral(ExcelError.REF)
        first, last = (part.row, part.row) if isinstance(part, CellRef) else (part.first_row, part.last_row)
        rows = view.span(first, last)
        if rows is None:
            return ErrorLiteral(ExcelError.REF)
        sheet = None if view is own else view.raw.name
        if isinstance(part, CellRef):
            return CellRef(sheet, rows[0], part.column)
        return AreaRef(sheet, rows[0], part.first_column, rows[1], part.last_column)

    return transform(node, follow)


def _likeness(sheet: SheetLayout, raw: RawSheet) -> float:
    """Share of the layout's labels and given texts that stand anywhere in a sheet."""
    fixed = (CellKind.LABEL, CellKind.GIVEN)
    wanted = {str(cell.value) for cell in sheet.cells if cell.kind in fixed and isinstance(cell.value, str)}
    have = {cell.value for cell in raw.cells.values() if isinstance(cell.value, str)}
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _rows(sheet: SheetLayout, raw: RawSheet, book: RawWorkbook) -> dict[int, int]:
    """The layout's rows → the file's: the same rows where the labels stand where they should."""
    last = max(cell.address.row + cell.rows - 1 for cell in sheet.cells)
    same = {row: row for row in range(1, last + 1)}
    wanted = _wanted(sheet)
    have = _have(raw, book)
    still = [row for row, marks in wanted.items() if marks <= have.get(row, frozenset())]
    if len(still) == len(wanted):
        return same
    found = _longest_match(wanted, have)
    if len(found) <= len(still) or len(found) < _ENOUGH * len(wanted):
        return same
    return _ends_of_merges(sheet, raw, _complete(found, last, max(have, default=0)))


Marks = frozenset[tuple[int, str]]


def _wanted(sheet: SheetLayout) -> dict[int, Marks]:
    """By row, what the layout itself writes there: (column, text), a formula as its mark; in rows of inputs, those."""
    rows: dict[int, set[tuple[int, str]]] = {}
    inputs: dict[int, set[tuple[int, str]]] = {}
    for cell in sheet.cells:
        mark = _FORMULA if cell.formula is not None else _text(cell.value)
        row = cell.address.row
        if cell.kind is CellKind.INPUT:
            inputs.setdefault(row, set()).add((cell.address.column, f"{_INPUT}{cell.columns}"))
        elif mark:
            rows.setdefault(row, set()).add((cell.address.column, mark))
    return {row: frozenset(marks) for row, marks in sorted({**inputs, **rows}.items())}


def _have(raw: RawSheet, book: RawWorkbook) -> dict[int, Marks]:
    widths = {(first, column): last_column - column + 1 for first, column, _, last_column in raw.merges}
    rows: dict[int, set[tuple[int, str]]] = {}
    for (row, column), cell in raw.cells.items():
        mark = _FORMULA if cell.formula is not None else _text(cell.value)
        if mark:
            rows.setdefault(row, set()).add((column, mark))
        if not book.style(cell).locked:
            rows.setdefault(row, set()).add((column, f"{_INPUT}{widths.get((row, column), 1)}"))
    return {row: frozenset(marks) for row, marks in sorted(rows.items())}


def _longest_match(wanted: Mapping[int, Marks], have: Mapping[int, Marks]) -> dict[int, int]:
    """The longest run of the layout's rows that stands in the file in the same order."""
    ours, theirs = list(wanted), list(have)
    best = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            if wanted[ours[i]] <= have[theirs[j]]:
                best[i][j] = max(best[i + 1][j + 1] + 1, best[i + 1][j], best[i][j + 1])
            else:
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
    rows: dict[int, int] = {}
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if wanted[ours[i]] <= have[theirs[j]] and best[i][j] == best[i + 1][j + 1] + 1:
            rows[ours[i]] = theirs[j]
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return rows


def _complete(found: Mapping[int, int], last: int, length: int) -> dict[int, int]:
    """Adds rows that were changed but not moved: those between two found rows as far apart as in the layout."""
    rows = dict(found)
    known = [0, *sorted(found), last + 1]
    for before, after in pairwise(known):
        start = rows.get(before, 0)
        end = rows.get(after, start + after - before if after == last + 1 else length + 1)
        if after - before == end - start:
            rows |= {row: start + row - before for row in range(before + 1, after)}
    return rows


def _ends_of_merges(sheet: SheetLayout, raw: RawSheet, rows: dict[int, int]) -> dict[int, int]:
    """Adds the last rows of cells merged downwards, which carry nothing of their own."""
    ends = {(first, column): last for first, column, last, _ in raw.merges}
    taken = set(rows.values())
    for cell in sheet.cells:
        row, column = cell.address.row, cell.address.column
        last = row + cell.rows - 1
        end = ends.get((rows.get(row, 0), column))
        if last > row and last not in rows and end is not None and end not in taken:
            rows[last] = end
            taken.add(end)
    return dict(sorted(rows.items()))


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
