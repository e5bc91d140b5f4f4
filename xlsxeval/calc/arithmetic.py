"""The operators as closures, quick where both sides are numbers, which is nearly always; and those on references."""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any, Final

from xlsxeval.calc import operators
from xlsxeval.calc.numbers import NEAR, same_number
from xlsxeval.calc.storage import Cells
from xlsxeval.calc.values import Area, CellError, ExcelError, Reference

Closure = Callable[[Cells], Any]
_LARGEST: Final = 1.797_693_134_862_315_7e308


def binary(compute: Callable[[Any, Any], Any], left: Closure, right: Closure) -> Closure:
    """A closure for an operator on two single values."""
    quick = _QUICK.get(compute)
    return quick(left, right) if quick else lambda cells: compute(left(cells), right(cells))


def _add(left: Closure, right: Closure) -> Closure:
    def run(cells: Cells) -> Any:
        a, b = left(cells), right(cells)
        if type(a) is float and type(b) is float and -_LARGEST <= (total := a + b) <= _LARGEST:
            return total
        return operators.add(a, b)

    return run


def _subtract(left: Closure, right: Closure) -> Closure:
    def run(cells: Cells) -> Any:
        a, b = left(cells), right(cells)
        if type(a) is float and type(b) is float and -_LARGEST <= (rest := a - b) <= _LARGEST:
            return rest
        return operators.subtract(a, b)

    return run


def _multiply(left: Closure, right: Closure) -> Closure:
    def run(cells: Cells) -> Any:
        a, b = left(cells), right(cells)
        if type(a) is float and type(b) is float and -_LARGEST <= (product := a * b) <= _LARGEST:
            return product
        return operators.multiply(a, b)

    return run


def _equality(expected: bool) -> Callable[[Closure, Closure], Closure]:
    """``=`` and ``<>``."""

    def build(left: Closure, right: Closure) -> Closure:
        def run(cells: Cells) -> Any:
            a, b = left(cells), right(cells)
            kind = type(a)
            if kind is type(b):
                if kind is float:
                    return (a == b or same_number(a, b)) is expected
                if kind is str:
                    return (a == b or a.casefold() == b.casefold()) is expected
            return (operators.compare(a, b) == 0) is expected

        return run

    return build


def _ordering(holds: Callable[[float, float], bool]) -> Callable[[Closure, Closure], Closure]:
    """``<``, ``<=``, ``>`` and ``>=``: numbers that are far enough apart need no care."""

    def build(left: Closure, right: Closure) -> Closure:
        def run(cells: Cells) -> Any:
            a, b = left(cells), right(cells)
            if type(a) is float and type(b) is float and abs(a - b) > NEAR * (abs(a) + abs(b)):
                return holds(a, b)
            return holds(operators.compare(a, b), 0)

        return run

    return build


_QUICK: Final[dict[Callable[[Any, Any], Any], Callable[[Closure, Closure], Closure]]] = {
    operators.add: _add,
    operators.subtract: _subtract,
    operators.multiply: _multiply,
    operators.equal: _equality(expected=True),
    operators.not_equal: _equality(expected=False),
    operators.less: _ordering(lt),
    operators.less_or_equal: _ordering(le),
    operators.greater: _ordering(gt),
    operators.greater_or_equal: _ordering(ge),
}


def spanning(a: Reference, b: Reference) -> Reference:
    """``:`` between references: the smallest rectangle around both."""
    first, second = a.single, b.single
    if first.sheet != second.sheet:
        raise CellError(ExcelError.VALUE)
    return Reference(
        (
            Area(
                first.sheet,
                min(first.first_row, second.first_row),
                min(first.first_column, second.first_column),
                max(first.last_row, second.last_row),
                max(first.last_column, second.last_column),
            ),
        )
    )


def common(a: Reference, b: Reference) -> Reference:
    """A blank between references: the cells in both, or ``#NULL!``."""
    areas = [_overlap(first, second) for first in a.areas for second in b.areas]
    found = tuple(area for area in areas if area is not None)
    if not found:
        raise CellError(ExcelError.NULL)
    return Reference(found)


def _overlap(a: Area, b: Area) -> Area | None:
    top, left = max(a.first_row, b.first_row), max(a.first_column, b.first_column)
    bottom, right = min(a.last_row, b.last_row), min(a.last_column, b.last_column)
    if a.sheet != b.sheet or top > bottom or left > right:
        return None
    return Area(a.sheet, top, left, bottom, right)
