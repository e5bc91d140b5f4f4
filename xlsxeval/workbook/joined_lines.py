"""Free lines of one class look like one merged cell: what repeats the line above is not shown, nor the line between.

Cells that a unit fills in cannot be merged beforehand, for nobody knows which classes it will write. A conditional
format does it for the eye: text and border take the colour of the ground, which every program draws alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xlsxeval.calc import Scalar
from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.model import Address, column_letters
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
    classes, typed = _columns(run, cells)
    equal = ",".join(f"${letters}{row}=${letters}{row - 1}" for letters in map(column_letters, classes))
    used = ",".join(f'${column_letters(column)}{row}<>""' for column in typed)
    return f'AND(${column_letters(classes[-1])}{row}<>"",{equal},OR({used}))'


def repeated_lines(
    cells: Sequence[PlacedCell], values: Mapping[Address, Scalar], computed: Mapping[Address, Scalar]
) -> dict[Address, tuple[str, ...]]:
    """What the conditional formats do to each cell: ``repeats`` what stands above it, ``goes-on`` below it."""
    found: dict[Address, list[str]] = {}
    for run in _runs(cells):
        classes, typed = _columns(run, cells)
        for above, cell in pairwise(run):
            sheet, row, before = cell.address.sheet, cell.address.row, above.address.row
            mine = [_folded(computed.get(Address(sheet, row, column))) for column in classes]
            theirs = [_folded(computed.get(Address(sheet, before, column))) for column in classes]
            used = any(values.get(Address(sheet, row, column)) not in (None, "") for column in typed)
            if mine[-1] not in (None, "") and mine == theirs and used:
                found.setdefault(above.address, []).append("goes-on")
                found.setdefault(cell.address, []).append("repeats")
    return {address: tuple(looks) for address, looks in found.items()}


def _columns(run: Sequence[PlacedCell], cells: Sequence[PlacedCell]) -> tuple[list[int], list[int]]:
    """The columns of helper cells with the classes down to that of the run, and those that a unit fills in."""
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
        cell.carried.column for cell in line if cell.carried is not None and cell.address.column <= first.address.column
    ]
    return classes, [cell.address.column for cell in line if cell.kind is CellKind.INPUT]


def _folded(value: Scalar) -> Scalar:
    """A value as Excel compares it: texts without regard to case."""
    return value.casefold() if isinstance(value, str) else value
