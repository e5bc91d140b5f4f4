"""A worksheet of the layout → the table that Word gets: which cells, how merged, with which text. No Word in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell, SheetLayout
from xlsxeval.report.fields import shown
from xlsxeval.report.lines import counting_value, empty_lines

_TITLE = "title"


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell of a table, rows and columns from 0; ``source`` is the workbook's cell.

    ``continues`` marks the part of a merged cell below a header row: its text stands in the header, no line between.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    source: PlacedCell
    continues: bool = False

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One Word table. The first ``header_rows`` rows are repeated on every page that the table runs over."""

    rows: int
    columns: int
    cells: tuple[DrawnCell, ...]
    header_rows: int = 0

    def at(self) -> Mapping[tuple[int, int], DrawnCell]:
        """Every square of the table with the cell that covers it."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


def draw(sheet: SheetLayout, submission: Submission) -> Sequence[DrawnTable]:
    """The printed area of a sheet as one table, or as two where header rows stand in its middle.

    Word repeats only the first rows of a table, so the table is cut above them. The title is not in the table; free
    lines of blocks that are empty and rows that are not for the report are left out; equal neighbours in columns that
    merge are merged.
    """
    kept = _kept_rows(sheet, submission)
    index = {row: position for position, row in enumerate(kept)}
    cells = []
    for cell in sheet.cells:
        rows = [index[row] for row in _span(cell) if row in index]
        if rows and cell.address.column <= sheet.print_columns and cell.look.role != _TITLE:
            text = shown(counting_value(submission, cell), cell.look.number_format) if cell.report else ""
            cells.append(DrawnCell(rows[0], cell.address.column - 1, len(rows), cell.columns, text, cell))
    table = DrawnTable(len(kept), sheet.print_columns, _merged_neighbours(cells))
    if sheet.repeat_rows is None or not all(row in index for row in sheet.repeat_rows):
        return [table]
    return _cut(table, index[sheet.repeat_rows[0]], index[sheet.repeat_rows[1]])


def _span(cell: PlacedCell) -> range:
    return range(cell.address.row, cell.address.row + cell.rows)


def _kept_rows(sheet: SheetLayout, submission: Submission) -> list[int]:
    said = {cell.address.row for cell in sheet.cells if cell.report}
    left_out = {cell.address.row for cell in sheet.cells if cell.look.role == _TITLE or cell.address.row not in said}
    for block in sheet.blocks:
        left_out |= {block.first_row + line - 1 for line in empty_lines(submission, sheet, block.id)}
    return [row for row in range(1, sheet.print_rows + 1) if row not in left_out]


def _merged_neighbours(cells: Sequence[DrawnCell]) -> tuple[DrawnCell, ...]:
    """Typed cells of a merging column that repeat the text above become one, as given lines are in the workbook.

    A column merges only inside the merged cells of the merging column on its left.
    """
    result: dict[tuple[int, int], DrawnCell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
        above = next(
            (top for top in result.values() if top.column == cell.column and top.last_row + 1 == cell.row), None
        )
        if above is not None and _repeats(above, cell) and not _divided(result, above, cell):
            result[above.row, above.column] = replace(above, rows=above.rows + cell.rows)
        else:
            result[cell.row, cell.column] = cell
    return tuple(sorted(result.values(), key=lambda cell: (cell.row, cell.column)))


def _repeats(above: DrawnCell, cell: DrawnCell) -> bool:
    upper, lower = above.source.slot, cell.source.slot
    same_field = upper is not None and lower is not None and upper.field is lower.field and upper.field.merge
    return same_field and above.columns == cell.columns and bool(cell.text.strip()) and above.text == cell.text


def _divided(drawn: Mapping[tuple[int, int], DrawnCell], above: DrawnCell, cell: DrawnCell) -> bool:
    """Whether the merging column on the left has a line between the two cells."""
    left = drawn.get((cell.row, cell.column - 1))
    return left is not None and left.source.slot is not None and left.source.slot.field.merge


def _cut(table: DrawnTable, first: int, last: int) -> Sequence[DrawnTable]:
    """The table cut above its header rows, and merged cells that run out of the header cut below it."""
    if any(cell.row < first <= cell.last_row for cell in table.cells):
        return [table]
    upper = [cell for cell in table.cells if cell.last_row < first]
    lower = []
    for cell in table.cells:
        if cell.row < first:
            continue
        moved = replace(cell, row=cell.row - first)
        if cell.row <= last < cell.last_row:
            inside = last - cell.row + 1
            lower.append(replace(moved, rows=inside))
            moved = replace(moved, row=moved.row + inside, rows=cell.rows - inside, text="", continues=True)
        lower.append(moved)
    below = DrawnTable(table.rows - first, table.columns, tuple(lower), last - first + 1)
    return [DrawnTable(first, table.columns, tuple(upper)), below] if first else [below]
