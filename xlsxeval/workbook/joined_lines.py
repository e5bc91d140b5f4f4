"""Free lines of one class look like one merged cell: what repeats the line above is not shown, nor the line between.

Cells that a unit fills in cannot be merged beforehand, for nobody knows which classes it will write. A conditional
format does it for the eye: text and border take the colour of the ground, which every program draws alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.model import column_letters
from xlsxeval.workbook.styles import BORDER_COLOUR, INPUT_COLOUR


def join_equal(book: Workbook, page: Worksheet, cells: Sequence[PlacedCell]) -> None:
    """Gives the free lines of every column that merges equal values its conditional formats."""
    runs = list(_runs(cells))
    if not runs:
        return
    above, below, both = (_format(book, *sides) for sides in (("top",), ("bottom",), ("top", "bottom")))
    above.set_font_color(INPUT_COLOUR)
    both.set_font_color(INPUT_COLOUR)
    for run in runs:
        first, last = run[0].address, run[-1].address
        area = f"{first.a1}:{last.a1}"
        upper, lower = _same(run, cells, first.row), _same(run, cells, first.row + 1)
        for test, style in ((f"AND({upper},{lower})", both), (upper, above), (lower, below)):
            page.conditional_format(area, {"type": "formula", "criteria": f"={test}", "format": style})


def _format(book: Workbook, *hidden: str) -> Any:
    """Every side is said, for a format that is silent about a side takes its line away."""
    sides = {side: INPUT_COLOUR if side in hidden else BORDER_COLOUR for side in ("left", "right", "top", "bottom")}
    return book.add_format({"border": 1, **{f"{side}_color": colour for side, colour in sides.items()}})


def _runs(cells: Sequence[PlacedCell]) -> Iterator[list[PlacedCell]]:
    """The cells of each column of free lines in which classes are carried down beside them, below a row of headings."""
    columns: dict[tuple[str | None, int], list[PlacedCell]] = {}
    for cell in cells:
        beside = cell.carried is not None and cell.carried.sheet == cell.address.sheet
        if beside and cell.kind is CellKind.INPUT and cell.slot is not None:
            columns.setdefault((cell.slot.field.block, cell.address.column), []).append(cell)
    return (run for run in columns.values() if len(run) > 1 and run[0].address.row > 1)


def _same(run: Sequence[PlacedCell], cells: Sequence[PlacedCell], row: int) -> str:
    """Whether a line, at first that of ``row``, is in use and of the class of the line above, as are those left of it."""
    first = run[0]
    assert first.slot is not None
    line = [
        cell
        for cell in cells
        if cell.address.row == first.address.row
        and cell.slot is not None
        and cell.slot.field.block == first.slot.field.block
    ]
    classes = [
        f"${column_letters(cell.carried.column)}"
        for cell in line
        if cell.carried is not None and cell.address.column <= first.address.column
    ]
    typed = [f"${column_letters(cell.address.column)}{row}" for cell in line if cell.kind is CellKind.INPUT]
    equal = ",".join(f"{column}{row}={column}{row - 1}" for column in classes)
    used = ",".join(f'{cell}<>""' for cell in typed)
    return f'AND({classes[-1]}{row}<>"",{equal},OR({used}))'
