"""Layout + values + findings → worksheets as Excel shows them, for pages: widths, heights, merged cells, texts, looks.

The result is plain values; a template turns them into a table (``templates/html/sheets.html.j2``). A look is a list of
class names of its style sheet (``sheets.css``), so a page needs no inline style.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlsxeval.calc import Scalar, format_value
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell, SheetLayout
from xlsxeval.model import Address
from xlsxeval.workbook.joined_lines import repeated_lines
from xlsxeval.workbook.page_setup import is_tall
from xlsxeval.workbook.rows import free_lines, grown_heights
from xlsxeval.workbook.styles import STATUS_COLOURS

DIGIT_WIDTH, CELL_PADDING = 7, 5
"""Pixels of a digit of the standard font at 96 dots an inch, and of a column's padding: [ECMA-376] 18.3.1.13."""
STANDARD_WIDTH, STANDARD_HEIGHT = 8.43, 15.0
_COLOURED = ("status", "summary", "helper")
_RESULTS = dict(zip(STATUS_COLOURS, ("passed", "failed", "doubtful"), strict=True))


class PaintedCell(NamedTuple):
    """A cell, or merged cells. ``looks`` are names of classes; ``marks`` the numbers of the findings that speak of it.

    A tuple: thousands of them go from a worker to a page.
    """

    address: Address
    rows: int
    columns: int
    text: str
    looks: tuple[str, ...]
    label: str = ""
    marks: tuple[int, ...] = ()

    @property
    def look(self) -> str:
        """The class attribute."""
        return " ".join(self.looks)


class DrawnRow(NamedTuple):
    """A row that shows, with its number and its height in pixels; cells begin in it."""

    number: int
    height: int
    cells: tuple[PaintedCell | None, ...]
    """None where no cell of the form stands; what merged cells cover is left out."""


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A worksheet; ``widths`` are those of its columns in pixels."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[DrawnRow, ...]

    @property
    def width(self) -> int:
        """Width of the form in pixels."""
        return sum(self.widths)


@dataclass(frozen=True, slots=True)
class CellMark:
    """Findings of a cell: their numbers, and the name of the gravest (``error``, ``warning``, ``info``, ``settled``)."""

    name: str
    numbers: tuple[int, ...]


def draw(
    layout: Layout,
    values: Mapping[Address, Scalar],
    computed: Mapping[Address, Scalar],
    marks: Mapping[Address, CellMark] | None = None,
    hidden: Collection[tuple[str, int]] = (),
) -> tuple[DrawnSheet, ...]:
    """Draws all worksheets of a layout. ``values`` stand in inputs, ``computed`` in the cells of formulas.

    ``hidden`` are rows, each with its worksheet, that were hidden in the received file: free lines among them that are
    neither used nor marked are left out. The columns of helpers, which are folded away in Excel, are not drawn.
    """
    truth = layout.compute(values) if layout.greys else {}
    return tuple(_Drawing(layout, sheet, values, computed, truth, marks or {}).drawn(hidden) for sheet in layout.sheets)


class _Drawing:
    def __init__(
        self,
        layout: Layout,
        sheet: SheetLayout,
        values: Mapping[Address, Scalar],
        computed: Mapping[Address, Scalar],
        truth: Mapping[Address, Scalar],
        marks: Mapping[Address, CellMark],
    ) -> None:
        self.layout, self.sheet = layout, sheet
        self.values, self.computed, self.truth, self.marks = values, computed, truth, marks
        self.joined = repeated_lines(sheet.cells, values, truth)

    def drawn(self, hidden: Collection[tuple[str, int]]) -> DrawnSheet:
        sheet = self.sheet
        marked = {at.row for at in self.marks if at.sheet == sheet.name}
        width = sheet.print_columns
        lines = free_lines(sheet, lambda cell: self.values.get(cell.address) not in (None, ""))
        left_out = {row for row, used in lines if not used and row not in marked and (sheet.name, row) in hidden}
        heights = {**sheet.row_heights, **grown_heights(sheet, self.values)}
        begins: dict[tuple[int, int], PlacedCell] = {}
        covered: set[tuple[int, int]] = set()
        last = sheet.print_rows
        for cell in sheet.cells:
            row, column = cell.address.row, cell.address.column
            if column > width:
                continue
            begins[row, column] = cell
            last = max(last, row + cell.rows - 1)
            if cell.rows > 1 or cell.columns > 1:
                area = ((r, c) for r in range(row, row + cell.rows) for c in range(column, column + cell.columns))
                covered.update(area)
        rows = []
        for row in range(1, last + 1):
            if row in left_out:
                continue
            places = [(row, column) for column in range(1, width + 1)]
            cells = [
                self._cell(begins[at]) if at in begins else None for at in places if at in begins or at not in covered
            ]
            rows.append(DrawnRow(row, round(heights.get(row, STANDARD_HEIGHT) * 4 / 3), tuple(cells)))
        widths = [*sheet.column_widths, *[STANDARD_WIDTH] * width][:width]
        return DrawnSheet(sheet.name, tuple(int(w * DIGIT_WIDTH + CELL_PADDING) for w in widths), tuple(rows))

    def _cell(self, cell: PlacedCell) -> PaintedCell:
        value = self._value(cell)
        text = format_value(value, cell.look.number_format)
        looks = [cell.look.role, cell.look.align]
        if is_tall(self.sheet, cell):
            looks.append("from-top")
        if cell.look.indent:
            looks.append(f"indent-{cell.look.indent}")
        if cell.look.role in _COLOURED and text[:1] in _RESULTS:
            looks.append(_RESULTS[text[:1]])
        if self.layout.is_grey(cell.address, self.truth):
            looks.append("nothing")
        looks += self.joined.get(cell.address, ())
        mark = self.marks.get(cell.address)
        if mark is not None:
            looks += ["marked", f"mark-{mark.name}"]
        label = cell.slot.label if cell.slot is not None else ""
        return PaintedCell(
            cell.address, cell.rows, cell.columns, text, tuple(looks), label, () if mark is None else mark.numbers
        )

    def _value(self, cell: PlacedCell) -> Scalar:
        if cell.kind is CellKind.INPUT:
            return self.values.get(cell.address)
        return self.computed.get(cell.address) if cell.formula is not None else cell.value


def findings_by_cell(places: Sequence[tuple[Address | None, str]]) -> dict[Address, CellMark]:
    """Marks of the cells that findings speak of. ``places`` has each finding's cell and the name of its mark, in order."""
    found: dict[Address, list[tuple[int, str]]] = {}
    for number, (address, name) in enumerate(places, start=1):
        if address is not None:
            found.setdefault(address, []).append((number, name))
    grave = {name: rank for rank, name in enumerate(("error", "warning", "info", "settled"))}
    return {
        address: CellMark(min((name for _, name in told), key=grave.__getitem__), tuple(number for number, _ in told))
        for address, told in found.items()
    }
