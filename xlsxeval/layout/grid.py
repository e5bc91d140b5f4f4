"""One form instance → cells on rows and columns, with their values and heights; formulas not yet bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxeval.calc import Scalar
from xlsxeval.errors import Problem
from xlsxeval.forms.campaign import Given
from xlsxeval.forms.definition import Field, Form
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.forms.values import typed_value
from xlsxeval.forms.yaml_file import Position, suggestion
from xlsxeval.layout.layout import CellLook, PlacedBlock, looked
from xlsxeval.layout.metrics import row_height, wrapped_lines
from xlsxeval.layout.squares import ABOVE, LEFT, MergedSquares, Merger, Square, given_lines, unroll
from xlsxeval.layout.wording import is_template

HELPER_GAP = 1
HELPER_WIDTH = 14.0
TITLE_HEIGHT = 30.0


class FrameCell(NamedTuple):
    """A cell in its place, with the form's own ``text`` but without what a campaign writes into it.

    ``field`` is a field's name; it is ``given`` here where the campaign has a value for what else is an input.
    """

    row: int
    column: int
    look: CellLook
    rows: int = 1
    columns: int = 1
    report: bool = True
    field: str | None = None
    line: int | None = None
    text: str | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class FormFrame:
    """One form instance without its values: whatever is the same here is the same in all that follows from it.

    ``rows`` and ``columns`` are the printed area.
    """

    form: Form = field(hash=False)
    number: int | None
    sheet: str
    cells: tuple[FrameCell, ...]
    blocks: tuple[PlacedBlock, ...]
    widths: tuple[float, ...]
    rows: int
    columns: int
    repeat_rows: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class FilledFrame:
    """A frame, and what the campaign puts into it: values by the cell's index, and heights of rows that follow."""

    frame: FormFrame
    values: Mapping[int, Scalar]
    heights: Mapping[int, float]
    problems: Sequence[Problem]


Render = Callable[[str, Position], str]
"""Fills in ``{{ year }}`` and the like in a text that stands at a position."""


class GridPlacer:
    """Places one instance of a form, the ``number``-th on the worksheet ``sheet``.

    ``given`` holds the campaign's values by field, blocks as lists of lines; ``constants`` the values that ``given:``
    paths of the form name (``unit.name``); ``render`` fills in ``{{ year }}`` and the like.
    """

    def __init__(self, form: Form, given: Given, constants: Mapping[str, Scalar], render: Render) -> None:
        self.form = form
        self.given = given
        self.constants = constants
        self.render = render
        self.problems: list[Problem] = []

    def place(self, number: int | None, sheet: str) -> FilledFrame:
        """The cells of the instance; faults of the definition are in ``problems`` of the result."""
        first = 2 if self.form.title else 1
        squares = unroll(self.form, self.given, first)
        self._faults(squares.problems)
        merger = Merger(squares.by_spot, self._merges, self._repeats)
        areas = merger.areas()
        self._faults(merger.problems)
        placed = [self._cell(area) for area in areas]
        last_row = squares.last_row or first
        columns = len(self.form.columns)
        if self.form.title:
            text, value = self._words(self.form.title, self.form.position)
            placed.insert(0, (FrameCell(1, 1, looked("title"), text=text, columns=columns), value))
        widths = list(self.form.columns)
        helpers = self._helpers(squares.blocks, widths)
        heights = self._heights(placed, squares.min_lines, last_row)
        if self.form.title:
            heights[1] = TITLE_HEIGHT
        cells = (*(cell for cell, _ in placed), *helpers)
        self._unplaced(cells, squares.blocks)
        pages = squares.repeat_rows
        repeat = (min(pages), max(pages)) if pages else None
        blocks = tuple(squares.blocks)
        frame = FormFrame(self.form, number, sheet, cells, blocks, tuple(widths), last_row, columns, repeat)
        values = {index: value for index, (_, value) in enumerate(placed) if value is not None}
        return FilledFrame(frame, values, heights, self.problems)

    # -- merging ------------------------------------------------------------------------------------------------

    def _merges(self, square: Square) -> bool:
        field = self._field(square)
        return bool(field and field.merge)

    def _repeats(self, square: Square, above: Square) -> bool:
        """Whether a given line repeats the value above in a column that merges equal values."""
        field = self._field(square)
        if field is None or not field.merge or above.block != square.block:
            return False
        value = self._given_value(field, square.line)
        return value is not None and value == self._given_value(field, above.line)

    # -- cells --------------------------------------------------------------------------------------------------

    def _cell(self, area: MergedSquares) -> tuple[FrameCell, Scalar]:
        """A cell, and what the campaign writes into it."""
        square, spec = area.square, area.square.spec
        field = self._field(square)
        if field is not None:
            value = self._given_value(field, square.line)
            look = looked(self._role(field, value), spec.align or field.align, field.number_format, spec.indent)
            cell = FrameCell(area.row, area.column, look, area.rows, area.columns, square.report, field.id)
            return cell._replace(line=square.line, given=value is not None), value
        text, value = None, None
        if spec.text not in (None, LEFT, ABOVE):
            text, value = self._words(str(spec.text), square.position)
        if spec.text and spec.text.startswith("$"):
            name = spec.text[1:]
            self._fault(square.position, f"没有字段「{name}」{suggestion(name, self._names(square.block))}")
        look = looked(spec.look, spec.align or "center", indent=spec.indent)
        return FrameCell(area.row, area.column, look, area.rows, area.columns, square.report, text=text), value

    def _words(self, text: str, position: Position) -> tuple[str | None, str | None]:
        """A label: the form's own text, or what the campaign makes of it."""
        return (None, self.render(text, position)) if is_template(text) else (text, None)

    def _role(self, field: Field, value: Scalar) -> str:
        if field.formula:
            return "computed"
        return "input" if field.given is None and value is None else "given"

    def _field(self, square: Square) -> Field | None:
        text = square.spec.text
        if text is None or not text.startswith("$"):
            return None
        if square.block:
            found = self.form.fields.get(f"{square.block}.{text[1:]}")
            if found:
                return found
        found = self.form.fields.get(text[1:])
        return found if found and found.block is None else None

    def _names(self, block: str | None) -> list[str]:
        if block:
            return [field.short for field in self.form.fields.values() if field.block == block]
        return [field.id for field in self.form.fields.values() if field.block is None]

    def _given_value(self, field: Field, line: int | None) -> Scalar:
        if field.formula:
            return None
        if field.given:
            if field.given not in self.constants:
                known = suggestion(field.given, self.constants)
                self._fault(
                    field.position, f"任务里没有「{field.given}」可以给定{known}（可用：{'、'.join(self.constants)}）"
                )
                return None
            return self.constants[field.given]
        if line is not None:
            lines = given_lines(self.given, str(field.block))
            raw = lines[line - 1].get(field.short) if line <= len(lines) else None
        else:
            raw = self.given.get(field.id)
        try:
            return typed_value(field, raw)
        except ValueError as error:
            where = f"{field.block} 第 {line} 行的" if line else ""
            self._fault(field.position, f"任务给定的{where}值有误：{error}")
            return None

    # -- beside the form ----------------------------------------------------------------------------------------

    def _helpers(self, blocks: list[PlacedBlock], widths: list[float]) -> list[FrameCell]:
        """Live helper columns of blocks, to the right of the printed area."""
        helpers: list[FrameCell] = []
        column = len(self.form.columns) + HELPER_GAP + 1
        for entry in self.form.grid:
            spec = entry.spec
            if not isinstance(spec, RepeatSpec) or not spec.helpers:
                continue
            block = next(block for block in blocks if block.id == spec.repeat)
            if block.first_row == 1:
                self._fault(entry.position, f"辅助列的标题要写在「{block.id}」这一组行的上一行，请在上面加一行")
                continue
            for name in spec.helpers:
                field = self.form.fields.get(f"{spec.repeat}.{name.lstrip('$')}")
                if field is None or field.formula is None:
                    self._fault(entry.position, f"辅助列「{name}」应为这一组行里有公式的字段")
                    continue
                helpers.append(FrameCell(block.first_row - 1, column, looked("helper"), text=field.label))
                for line in range(1, block.lines + 1):
                    look = looked("helper", field.align, field.number_format)
                    helpers.append(FrameCell(block.first_row + line - 1, column, look, field=field.id, line=line))
                column += 1
        while helpers and len(widths) < column - 1:
            widths.append(HELPER_WIDTH if len(widths) > len(self.form.columns) else 2.0)
        return helpers

    def _heights(
        self, placed: Sequence[tuple[FrameCell, Scalar]], min_lines: Mapping[int, int], last_row: int
    ) -> dict[int, float]:
        """A height for every row that its texts fit in; what a merged cell lacks goes to its last row."""
        lines = {row: float(min_lines.get(row, 1)) for row in range(1, last_row + 1)}
        for cell, value in sorted(placed, key=lambda one: one[0].rows):
            width = sum(self.form.columns[cell.column - 1 : cell.column - 1 + cell.columns])
            text = value if isinstance(value, str) else cell.text
            least = self.form.fields[cell.field].lines if cell.field else 1
            needed = max(wrapped_lines(text, width) if text else 1, least)
            rows = range(cell.row, cell.row + cell.rows)
            lines[rows[-1]] += max(0.0, needed - sum(lines[row] for row in rows))
        return {row: row_height(count) for row, count in lines.items()}

    def _unplaced(self, cells: Sequence[FrameCell], blocks: Sequence[PlacedBlock]) -> None:
        placed: set[tuple[str, int | None]] = set()
        for cell in cells:
            if cell.field is None:
                continue
            key = (cell.field, cell.line)
            if key in placed:
                self._fault(self.form.fields[cell.field].position, f"字段「{cell.field}」在表里放了两次")
            placed.add(key)
        ids = {field_id for field_id, _ in placed}
        empty = {block.id for block in blocks if block.lines == 0}
        for name, one in self.form.fields.items():
            if name not in ids and one.block not in empty:
                self._fault(one.position, f"字段「{name}」没有放进表里（grid）")

    def _fault(self, position: Position, message: str) -> None:
        self._faults([position.problem(message)])

    def _faults(self, problems: Iterable[Problem]) -> None:
        self.problems += [problem for problem in problems if problem not in self.problems]
