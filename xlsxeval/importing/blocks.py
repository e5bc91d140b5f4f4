"""Runs of identical empty lines: most likely a block of lines that units fill in as they need them."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.importing.blank import BlankArea, BlankSheet
from xlsxeval.importing.guesses import is_input

LEAST_LINES = 3
LEAST_INPUTS = 2
_Shape = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class LineRun:
    """Lines from ``first`` to ``last`` that are drafted as one block; ``merged`` labels stand beside all of them."""

    first: int
    last: int

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


def find_runs(blank: BlankSheet, first_row: int) -> list[LineRun]:
    """All runs below the title, from top to bottom."""
    runs: list[LineRun] = []
    row = first_row
    while row <= blank.last_row:
        last = row
        shape = _shape(blank, row)
        while shape and last < blank.last_row and _shape(blank, last + 1) == shape:
            last += 1
        if shape and last - row + 1 >= LEAST_LINES:
            runs.append(LineRun(row, last))
        row = last + 1
    return runs


def _shape(blank: BlankSheet, row: int) -> _Shape | None:
    """What a line looks like; None where it is none of a block: it prints or computes something, or too little is empty."""
    areas = list(dict.fromkeys(blank.owner[row, column] for column in blank.columns))
    inputs = 0
    for area in areas:
        if area.rows > 1:
            if area.empty or not area.text or area.row == row:
                return None
        elif not area.empty:
            return None
        else:
            inputs += is_input(blank, area)
    return tuple(_signature(area) for area in areas) if inputs >= LEAST_INPUTS else None


def _signature(area: BlankArea) -> tuple[int, int, str]:
    """A merged label beside the lines is known by where it begins."""
    return area.column, area.columns, f"{area.row}" if area.rows > 1 else area.number_format
