"""Tables that are pieces of one form: cut by a page, or printed as two tables (funds above, indicators below)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from xlsxeval.audit.documents.report_file import ReportCell, ReportTable
from xlsxeval.audit.reading import TableReading
from xlsxeval.audit.recognition import recognised
from xlsxeval.audit.vocabulary import Vocabulary

MOST_PIECES = 30
_SHORT = 30
_COMMON = 4


def readings(tables: Sequence[ReportTable], words: Vocabulary) -> Iterator[tuple[ReportTable, TableReading | None]]:
    """Each form with its reading; a table that is no form stands by itself with None.

    A table goes on with the one before where that was left open (no row of totals came) and the next begins neither
    with a name nor with other funds, and no paragraph but a short one stands between. Rows are put together by the
    columns' positions on the page, scaled to the width of the first piece.
    """
    waiting: list[ReportTable] = []
    current: TableReading | None = None
    for table in tables:
        alone = recognised(table, words)
        if current is not None and len(waiting) < MOST_PIECES and _goes_on(current, table, alone, words):
            joined = recognised(_joined([*waiting, table]), words)
            if joined is not None:
                waiting.append(table)
                current = joined
                continue
        if waiting:
            yield waiting[0], current
        waiting, current = [table], alone
    if waiting:
        yield waiting[0], current


def _goes_on(reading: TableReading, table: ReportTable, alone: TableReading | None, words: Vocabulary) -> bool:
    if reading.has_total or len(table.title) > _SHORT:
        return False
    if any(
        pattern.search(line)
        for line in table.title.split("\n")
        for pattern in words.titles.values()
        if "续" not in line
    ):
        return False
    if alone is None:
        return reading.kind == "basic" or bool(reading.indicators) or _alike(reading.table, table)
    if not list(reading.zones()):
        return _alike(reading.table, table)
    begins_anew = {"name", "unit.name"} & alone.figures.keys() or alone.kind == "basic" != reading.kind
    again = alone.figures.keys() & reading.figures.keys()
    return not begins_anew and not again


def _alike(one: ReportTable, other: ReportTable) -> bool:
    """Whether two tables have some edges in common, as pieces of one have: on the page, or as shares of their widths."""
    if _same_page(one, other):
        return True
    edges = [{round(_share(table, cell.left), 2) for cell in table.cells} for table in (one, other)]
    return len(edges[0] & edges[1]) >= min(len(edges[1]), _COMMON)


def _same_page(one: ReportTable, other: ReportTable) -> bool:
    edges = [
        {round(cell.left) for cell in table.cells} | {round(cell.right) for cell in table.cells}
        for table in (one, other)
    ]
    return len(edges[0] & edges[1]) >= min(len(edges[0]), len(edges[1]), _COMMON)


def _joined(pieces: Sequence[ReportTable]) -> ReportTable:
    """The pieces below one another, with edges on the page where they share those, else as shares of their widths."""
    first = pieces[0]
    absolute = all(_same_page(one, other) for one, other in pairwise(pieces))
    cells: list[ReportCell] = []
    offset = 0
    for piece in pieces:
        for cell in piece.cells:
            left, right = (edge if absolute else _share(piece, edge) for edge in (cell.left, cell.right))
            cells.append(replace(cell, row=cell.row + offset, left=left, right=right))
        offset += piece.last_row
    return ReportTable(first.name, first.title, tuple(cells))


def _share(table: ReportTable, edge: float) -> float:
    """An edge as a share of the table's width."""
    left = min(cell.left for cell in table.cells)
    right = max(cell.right for cell in table.cells)
    return (edge - left) / (right - left) if right > left else 0.0
