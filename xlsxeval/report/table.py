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
    """Rows of one Word table. ``header`` are the first and the last row of the column headings, None without any."""

    rows: int
    columns: int
    cells: tuple[DrawnCell, ...]
    header: tuple[int, int] | None = None

    def at(self) -> Mapping[tuple[int, int], DrawnCell]:
        """Every square of the table with the cell that covers it."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


def draw(sheet: SheetLayout, submission: Submission) -> DrawnTable:
    """The printed area of a sheet as one table.

    The title is not in the table; free lines of blocks that are empty and rows that are not for the report are left
    out; equal neighbours in columns that merge are merged.
    """
    kept = _kept_rows(sheet, submission)
    index = {row: position for position, row in enumerate(kept)}
    cells = []
    for cell in sheet.cells:
        rows = [index[row] for row in _span(cell) if row in index]
        if rows and cell.address.column <= sheet.print_columns and cell.look.role != _TITLE:
            text = shown(counting_value(submission, cell), cell.look.number_format) if cell.report else ""
            cells.append(DrawnCell(rows[0], cell.address.column - 1, len(rows), cell.columns, text, cell))
    repeated = sheet.repeat_rows
    header = None
    if repeated is not None and all(row in index for row in repeated):
        header = index[repeated[0]], index[repeated[1]]
    return DrawnTable(len(kept), sheet.print_columns, _merged_neighbours(cells), header)


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


def rows_of(table: DrawnTable, rows: Sequence[int]) -> DrawnTable:
    """A table of some of the rows, in this order. A merged cell that loses its first rows shows its text again."""
    index = {row: position for position, row in enumerate(rows)}
    cells = []
    for cell in table.cells:
        inside = [index[row] for row in range(cell.row, cell.row + cell.rows) if row in index]
        if inside:
            cells.append(replace(cell, row=inside[0], rows=len(inside)))
    header = table.header
    kept = header is not None and all(row in index for row in header)
    return replace(
        table,
        rows=len(rows),
        cells=tuple(cells),
        header=(index[header[0]], index[header[1]]) if kept and header is not None else None,
    )


def above_and_below(table: DrawnTable) -> Sequence[DrawnTable]:
    """The table cut above its column headings, for a place from which the pages are not known.

    Word repeats only the first rows of a table, and none out of which a merged cell runs: such a cell is cut as well.
    """
    if table.header is None:
        return [table]
    first, last = table.header
    if any(cell.row < first <= cell.last_row for cell in table.cells):
        return [table]
    above, below = rows_of(table, range(first)), rows_of(table, range(first, table.rows))
    height = last - first + 1
    cells = []
    for cell in below.cells:
        if cell.row < height <= cell.last_row:
            inside = height - cell.row
            cells.append(replace(cell, rows=inside))
            cell = replace(cell, row=height, rows=cell.rows - inside, text="", continues=True)
        cells.append(cell)
    below = replace(below, cells=tuple(cells))
    return [above, below] if first else [below]
