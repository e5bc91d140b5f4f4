"""The cells of a Word table as rectangles of its grid: merged cells as one, whatever lies between them.

Readers of forms need to know what stands above, below and beside a cell, which the rows as Word counts them do not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.proofreading.document import DocumentTable

_NARROWEST = 1
"""Width of a column that says none, in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class TableArea:
    """One cell or one merged rectangle of a table's grid; rows and columns count from 1.

    ``left`` and ``right`` are its edges in twentieths of a point, which tables of one page have in common whatever their
    grids are. ``cell`` is its number in its first row as a reader counts the cells, from 1.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    left: float
    right: float
    cell: int

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1


def table_areas(table: DocumentTable) -> tuple[TableArea, ...]:
    """The areas of a table by row and column.

    A continued cell belongs to the cell of the row above that begins in the same column of the grid and has the same
    width; one without such a cell above stands for itself.
    """
    edges = _edges(table)
    open_cells: dict[tuple[int, int], int] = {}
    found: list[list[TableArea]] = []
    for number, row in enumerate(table.rows, start=1):
        still_open: dict[tuple[int, int], int] = {}
        for position, cell in enumerate(row, start=1):
            key = (cell.column, cell.columns)
            if cell.continued and key in open_cells:
                still_open[key] = open_cells[key]
                found[open_cells[key]].append(_area(number, position, key, cell.text, edges))
                continue
            still_open[key] = len(found)
            found.append([_area(number, position, key, cell.text, edges)])
        open_cells = still_open
    return tuple(_joined(pieces) for pieces in found)


def _area(row: int, position: int, key: tuple[int, int], text: str, edges: list[float]) -> TableArea:
    column, columns = key
    return TableArea(row, column, 1, columns, text, edges[column - 1], edges[column + columns - 1], position)


def _joined(pieces: list[TableArea]) -> TableArea:
    """Pieces of one merged cell, the first of which has its text."""
    first = pieces[0]
    text = "\n".join(piece.text for piece in pieces if piece.text.strip())
    return TableArea(first.row, first.column, len(pieces), first.columns, text, first.left, first.right, first.cell)


def _edges(table: DocumentTable) -> list[float]:
    """The edges of the grid's columns, as many as the cells need."""
    needed = max((cell.column + cell.columns - 1 for row in table.rows for cell in row), default=0)
    return list(_running((*table.widths, *((0,) * (needed - len(table.widths))))))


def _running(widths: tuple[int, ...]) -> Iterator[float]:
    edge = 0.0
    yield edge
    for width in widths:
        edge += width or _NARROWEST
        yield edge
