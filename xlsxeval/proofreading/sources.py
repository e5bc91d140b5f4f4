"""Which cell of the workbook a cell of a freshly made table shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxeval.layout.layout import PlacedCell
from xlsxeval.proofreading.document import DocumentTable
from xlsxeval.proofreading.plain_text import plain

Sketch = Sequence[Sequence[tuple[str, PlacedCell | None]]]
"""A table as the report draws it: of every row the cells as Word counts them, each with its text and its source."""


def sources(table: DocumentTable, sketches: Sequence[Sketch]) -> Mapping[tuple[int, int], PlacedCell]:
    """The sources of a table's cells by row and cell, from 0; none for a table that was not drawn from a form."""
    shape = [[plain(cell.text) for cell in row] for row in table.rows]
    for sketch in sketches:
        if [[plain(text) for text, _ in row] for row in sketch] == shape:
            return {
                (row, number): source
                for row, cells in enumerate(sketch)
                for number, (_, source) in enumerate(cells)
                if source is not None
            }
    return {}
