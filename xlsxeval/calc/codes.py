"""Compiled nodes, and how operators put them together.

A closure gives a value, or raises CellError; a rectangle comes as a Grid. ``Code.many`` says whether one may come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from xlsxeval.calc import arithmetic
from xlsxeval.calc.elementwise import elementwise
from xlsxeval.calc.storage import Cells
from xlsxeval.calc.values import PROBLEMS, Grid, error_of

Closure = Callable[[Cells], Any]
Operator = Callable[[Any, Any], Any]


class Code(NamedTuple):
    """A compiled node; ``many`` is True when it may give a Grid instead of a single value, ``several`` when that may
    be one of references."""

    run: Closure
    many: bool = False
    several: bool = False


def operation(compute: Operator, left: Code, right: Code) -> Code:
    """An operator between two operands, cell by cell where one of them is a rectangle."""
    if not (left.many or right.many):
        return Code(arithmetic.binary(compute, left.run, right.run))

    def run(cells: Cells) -> Any:
        a, b = left.run(cells), right.run(cells)
        if isinstance(a, Grid) or isinstance(b, Grid):
            return elementwise(compute, (a, b))
        return compute(a, b)

    return Code(run, many=True)


def loop(first: Code, steps: Sequence[tuple[Operator, Code]]) -> Code:
    """A long chain of operators, from left to right."""

    def run(cells: Cells) -> Any:
        value = first.run(cells)
        for compute, right in steps:
            other = right.run(cells)
            many = isinstance(value, Grid) or isinstance(other, Grid)
            value = elementwise(compute, (value, other)) if many else compute(value, other)
        return value

    return Code(run, many=first.many or any(code.many for _, code in steps))


def single(compute: Callable[[Any], Any], operand: Code) -> Code:
    """An operator on one operand."""
    inner = operand.run
    if not operand.many:
        return Code(lambda cells: compute(inner(cells)))

    def run(cells: Cells) -> Any:
        value = inner(cells)
        return elementwise(compute, (value,)) if isinstance(value, Grid) else compute(value)

    return Code(run, many=True)


def guarded(run: Closure) -> Closure:
    """Gives an error as a value instead of raising it. Reading a cell raises nothing."""
    if isinstance(run, itemgetter):
        return run

    def safe(cells: Cells) -> Any:
        try:
            return run(cells)
        except PROBLEMS as problem:
            return error_of(problem)

    return safe
