"""A form's grid as squares: blocks unrolled into their lines, ``<`` and ``^`` and equal given values merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxeval.errors import Problem
from xlsxeval.forms.campaign import Given
from xlsxeval.forms.definition import Form, GridEntry
from xlsxeval.forms.schema import CellSpec, RepeatSpec
from xlsxeval.forms.yaml_file import Position
from xlsxeval.layout.layout import PlacedBlock

LEFT, ABOVE = "<", "^"

Spot = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the grid before merging; ``line`` counts the lines of its block from 1.

    ``report`` is false where the Word report leaves it out.
    """

    spec: CellSpec
    position: Position
    block: str | None
    line: int | None
    report: bool = True


@dataclass(frozen=True, slots=True)
class MergedSquares:
    """Squares merged into one cell; ``square`` is the first of them and says what the cell holds."""

    row: int
    column: int
    rows: int
    columns: int
    square: Square


@dataclass(slots=True)
class Squares:
    """All squares of a form, and what its rows say: heights in lines, which of them repeat on every page."""

    by_spot: dict[Spot, Square] = field(default_factory=dict)
    blocks: list[PlacedBlock] = field(default_factory=list)
    min_lines: dict[int, int] = field(default_factory=dict)
    repeat_rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def last_row(self) -> int | None:
        """The last row, or None where there is none (a block without lines and nothing else)."""
        return max((row for row, _ in self.by_spot), default=None)


def given_lines(given: Given, block: str) -> list[dict[str, Any]]:
    """The lines that the campaign gives of a block; none where something else stands there, as a forged seal may have."""
    lines = given.get(block)
    return lines if isinstance(lines, list) and all(isinstance(line, dict) for line in lines) else []


def unroll(form: Form, given: Given, first_row: int) -> Squares:
    """The squares of a form from ``first_row`` on: a block has as many lines as the campaign gives, else its free ones."""
    found = Squares()
    row = first_row
    for entry in form.grid:
        have, want = len(entry.cells), len(form.columns)
        if have != want:
            message = f"这一行有 {have} 格，而「columns」有 {want} 列；两者应相等"
            found.problems.append(entry.position.problem(message))
        spec = entry.spec
        if isinstance(spec, RepeatSpec):
            lines = given_lines(given, spec.repeat)
            count = len(lines) if lines else spec.lines
            found.blocks.append(PlacedBlock(spec.repeat, row, count, bool(lines), spec.least))
            for line in range(1, count + 1):
                _add_row(found, row, entry, spec.repeat, line)
                row += 1
        else:
            found.min_lines[row] = spec.lines
            if spec.repeat_on_pages:
                found.repeat_rows.append(row)
            _add_row(found, row, entry, None, None)
            row += 1
    return found


def _add_row(found: Squares, row: int, entry: GridEntry, block: str | None, line: int | None) -> None:
    for index, (cell, position) in enumerate(zip(entry.cells, entry.cell_positions, strict=True)):
        report = cell.report and (isinstance(entry.spec, RepeatSpec) or entry.spec.report)
        found.by_spot[row, index + 1] = Square(cell, position, block, line, report)


class Merger:
    """Joins squares.

    ``merges`` tells whether a square's column joins equal values, ``repeats`` whether a square's given value is that
    of the square above. Faults are added to ``problems``.
    """

    def __init__(
        self,
        squares: Mapping[Spot, Square],
        merges: Callable[[Square], bool],
        repeats: Callable[[Square, Square], bool],
    ) -> None:
        self.squares = squares
        self.merges = merges
        self.repeats = repeats
        self.problems: list[Problem] = []
        self._owners: dict[Spot, Spot] = {}

    def areas(self) -> list[MergedSquares]:
        """The cells that the squares make, in the order of rows and columns."""
        for spot, square in self.squares.items():
            self._owners[spot] = self._owner(spot, square)
        members: dict[Spot, list[Spot]] = {}
        for spot, owner in self._owners.items():
            members.setdefault(owner, []).append(spot)
        return [self._area(owner, spots) for owner, spots in sorted(members.items())]

    def _area(self, owner: Spot, spots: list[Spot]) -> MergedSquares:
        square = self.squares[owner]
        rows = max(row for row, _ in spots) - owner[0] + 1
        columns = max(column for _, column in spots) - owner[1] + 1
        if rows * columns != len(spots):
            self._fault(square, "合并的格子不是一个矩形，请检查「<」和「^」")
            rows = columns = 1
        return MergedSquares(*owner, rows, columns, square)

    def _owner(self, spot: Spot, square: Square) -> Spot:
        """The first square of the area that a square belongs to; its own where it begins one."""
        row, column = spot
        text = square.spec.text
        if text == LEFT:
            if (row, column - 1) in self._owners:
                return self._owners[row, column - 1]
            self._fault(square, "第一格不能写「<」：左边没有格子")
        elif text == ABOVE:
            if (row - 1, column) in self._owners:
                return self._owners[row - 1, column]
            self._fault(square, "这里不能写「^」：上面没有格子")
        elif self._joins_above(spot, square):
            return self._owners[row - 1, column]
        return spot

    def _joins_above(self, spot: Spot, square: Square) -> bool:
        """Equal given values are merged, but never across a border of the merged column to their left."""
        row, column = spot
        above = self.squares.get((row - 1, column))
        if not square.line or square.line == 1 or above is None or not self.repeats(square, above):
            return False
        left = self._owners.get((row, column - 1))
        return left is None or left[0] < row or not self.merges(self.squares[row, column - 1])

    def _fault(self, square: Square, message: str) -> None:
        problem = square.position.problem(message)
        if problem not in self.problems:
            self.problems.append(problem)
