"""A table cut into pages as a typist would cut it: headings and class labels on each page, no line or total alone.

The heights are estimates that are never too small: line pitches are exact, and widths are those of the widest fonts
that stand in for a missing one. So a part never runs over its page, and at worst a page ends a line early.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxeval.layout.layout import CellKind
from xlsxeval.report.table import DrawnCell, DrawnTable, rows_of
from xlsxeval.report.table_look import PADDING, PADDING_ABOVE, TableLook
from xlsxeval.report.widths import wrapped_lines

_LEAST_LAST = 4
"""Lines of a block that the last page has at least, besides the total."""
_LEAST_FIRST = 2
"""Lines of a block below the headings at the foot of a page."""
_SPLIT_CLASS, _SINGLE_LINE = 500, 900
"""What cutting a merged class costs, and a class of which one line is cut off: twips of a page left blank instead."""
_LINE = 10
"""A ruled line between two rows, twips."""


@dataclass(frozen=True, slots=True)
class PageRoom:
    """Twips that a table has on the page where it begins and on every page after it."""

    first: int
    others: int


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of a table, one for each page, and the look that they were measured in."""

    parts: Sequence[DrawnTable]
    look: TableLook
    last_height: int
    """Twips that the last part takes, pages that it fills by itself included."""


def page_parts(table: DrawnTable, widths: Sequence[int], looks: Sequence[TableLook], room: PageRoom) -> PageParts:
    """Cuts a table into pages, in the first of the looks that gives the fewest."""
    return min((_cut(table, widths, look, room) for look in looks), key=lambda one: len(one.parts))


def _cut(table: DrawnTable, widths: Sequence[int], look: TableLook, room: PageRoom) -> PageParts:
    cutter = _Cutter(table, widths, look)
    parts: list[DrawnTable] = []
    begin, space = 0, room.first
    while True:
        part = cutter.part(begin, table.rows)
        height = cutter.height(part)
        cut = None if height <= space else cutter.best(begin, _with_overflow(cutter, begin, space, room.others))
        if cut is None:
            return PageParts([*parts, part], look, height)
        parts.append(cutter.part(begin, cut))
        begin, space = cut, room.others


def row_heights(table: DrawnTable, widths: Sequence[int], look: TableLook) -> list[int]:
    """Twips that each row takes at most; what a merged cell needs beyond its rows is its last row's."""
    heights = [look.row_height] * table.rows
    for cell in sorted(table.cells, key=lambda cell: cell.rows):
        needed = cell_lines(cell, widths, look) * look.pitch + 2 * PADDING_ABOVE
        rows = range(cell.row, cell.row + cell.rows)
        heights[rows[-1]] += max(0, needed - sum(heights[row] for row in rows))
    return [height + _LINE for height in heights]


def cell_lines(cell: DrawnCell, widths: Sequence[int], look: TableLook) -> int:
    """Lines of a cell's text, at most."""
    width = sum(widths[cell.column : cell.column + cell.columns]) - 2 * PADDING
    indent = cell.source.look.indent * look.size * 15
    return wrapped_lines(cell.text, look.size, (width - indent) / 20)


def headings_only(cells: Sequence[DrawnCell]) -> bool:
    """Whether a row's own cells are all printed labels: it has no page end between itself and the next row."""
    return bool(cells) and all(cell.source.kind is CellKind.LABEL for cell in cells)


def _with_overflow(cutter: _Cutter, begin: int, space: int, page: int) -> int:
    """The room for the rows from ``begin`` on, with the pages that a long text above the headings fills by itself."""
    least = cutter.height(cutter.part(begin, cutter.first_cut(begin)))
    while space < least and least > page:
        space += page
    return space


class _Cutter:
    """Knows where a table may be cut, and what each cut costs."""

    def __init__(self, table: DrawnTable, widths: Sequence[int], look: TableLook) -> None:
        self.table, self.widths, self.look = table, widths, look
        self.head = range(table.header[0], table.header[1] + 1) if table.header is not None else range(0)
        begun: dict[int, list[DrawnCell]] = {}
        for cell in table.cells:
            begun.setdefault(cell.row, []).append(cell)
        self.begun = begun
        lines = [row for row in range(table.rows) if any(_in_block(cell) for cell in begun.get(row, ()))]
        self.lines = range(lines[0], lines[-1] + 1) if lines else range(table.rows)

    def part(self, begin: int, end: int) -> DrawnTable:
        """Rows as a table of their own, below the headings where these stand on an earlier page."""
        again = [] if begin <= self.head.start or not self.head else list(self.head)
        return rows_of(self.table, [*again, *range(begin, end)])

    def height(self, part: DrawnTable) -> int:
        return sum(row_heights(part, self.widths, self.look))

    def first_cut(self, begin: int) -> int:
        """The first row before which a page may begin."""
        return next((row for row in range(begin + 1, self.table.rows) if self._allowed(begin, row)), self.table.rows)

    def best(self, begin: int, space: int) -> int | None:
        """The row that begins the next page; None where no row may, and the table flows as Word breaks it."""
        best: tuple[int, int] | None = None
        for row in range(begin + 1, self.table.rows):
            if not self._allowed(begin, row):
                continue
            height = self.height(self.part(begin, row))
            if height > space:
                break
            worth = height - self._cost(row)
            if best is None or worth >= best[0]:
                best = worth, row
        return None if best is None else best[1]

    def _allowed(self, begin: int, row: int) -> bool:
        if row == self.head.start and self.head:
            return True
        if headings_only(self.begun.get(row - 1, ())):
            return False
        if not self.head:
            return row - begin >= _LEAST_FIRST and self.table.rows - row >= _LEAST_LAST
        if not max(self.head.stop, self.lines.start) <= row < self.lines.stop:
            return False
        lines = len(self.lines)
        above = row - max(begin, self.lines.start)
        return above >= min(_LEAST_FIRST, lines) and self.lines.stop - row >= min(_LEAST_LAST, (lines + 1) // 2)

    def _cost(self, row: int) -> int:
        return sum(self._costs(row))

    def _costs(self, row: int) -> Iterator[int]:
        for cell in self.table.cells:
            if cell.row < row <= cell.last_row and cell.row not in self.head:
                yield _SINGLE_LINE if row - cell.row == 1 or cell.last_row - row == 0 else _SPLIT_CLASS


def _in_block(cell: DrawnCell) -> bool:
    return cell.source.slot is not None and cell.source.slot.field.block is not None
