"""Arguments whose text does not say what is read: SUMIF sums as many cells as its first range has."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from xlsxeval.calc.nodes import AreaRef, Call, CellRef, Node
from xlsxeval.calc.trees import transform
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS

RESIZING: Final = frozenset({"SUMIF", "AVERAGEIF"})
"""Functions whose third argument is as large as their first, whatever is written."""


def with_full_ranges(node: Node) -> Node:
    """The tree with the third argument of SUMIF and AVERAGEIF written out in the size of the first."""
    return transform(node, _resized)


def _resized(node: Node) -> Node | None:
    match node:
        case Call(name, (CellRef() | AreaRef() as criteria_range, criteria, (CellRef() | AreaRef()) as sums)):
            if name not in RESIZING:
                return None
            return Call(name, (criteria_range, criteria, _like(sums, criteria_range)))
        case _:
            return None


def _like(node: CellRef | AreaRef, model: CellRef | AreaRef) -> AreaRef:
    """The area that starts where ``node`` does and is as large as ``model``."""
    start = _area(node)
    size = _area(model)
    return replace(
        start,
        last_row=min(start.first_row + size.last_row - size.first_row, MAX_ROWS),
        last_column=min(start.first_column + size.last_column - size.first_column, MAX_COLUMNS),
    )


def _area(node: CellRef | AreaRef) -> AreaRef:
    if isinstance(node, AreaRef):
        return node
    return AreaRef(node.sheet, node.row, node.column, node.row, node.column)
