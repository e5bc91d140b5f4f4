"""Counts, sums and averages of cells that meet conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.calc.criteria import criterion
from xlsxeval.calc.functions.arguments import require, same_size
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _values(grids: Sequence[Grid]) -> list[Sequence[Scalar]]:
    """The cells of grids of one size, side by side; blanks beyond what any of them stores are left out."""
    if len({(len(grid.cells), grid.width) for grid in grids}) == 1 and all(grid.fill is None for grid in grids):
        return [grid.cells for grid in grids]
    if any(grid.columns > 1 for grid in grids):
        return [grid.flat() for grid in grids]
    longest = max(len(grid.cells) for grid in grids)
    return [[*grid.cells, *[grid.fill] * (longest - len(grid.cells))] for grid in grids]


def _meeting(values: Grid, conditions: Sequence[Grid | Scalar]) -> Iterator[Scalar]:
    """The values whose partners in every range meet its criterion."""
    ranges = [item for item in conditions[::2] if isinstance(item, Grid)]
    tests = [criterion(item) for item in conditions[1::2] if not isinstance(item, Grid)]
    require(len(ranges) == len(tests) and len(conditions) % 2 == 0)
    same_size([values, *ranges])
    for value, *partners in zip(*_values([values, *ranges]), strict=True):
        if all(test(partner) for test, partner in zip(tests, partners, strict=True)):
            yield value


def _numbers(values: Iterator[Scalar]) -> Iterator[float]:
    for value in values:
        if type(value) is float:
            yield value
        elif isinstance(value, ExcelError):
            raise CellError(value)


def _mean(numbers: Sequence[float]) -> float:
    require(bool(numbers), ExcelError.DIV0)
    return finite(math_sum(numbers)) / len(numbers)


def _resized(target: Grid, model: Grid) -> Grid:
    """A sum range known only while running, cut to the size of the criteria's range."""
    if (target.rows, target.columns) == (model.rows, model.columns):
        return target
    lines = [[target.at(row, column) for column in range(model.columns)] for row in range(model.height)]
    return Grid(model.rows, model.columns, [value for line in lines for value in line])


@function("COUNTIF(range:range, criteria:any)")
def countif(cells: Grid, condition: Scalar) -> float:
    """Counts the cells that meet a condition."""
    test = criterion(condition)
    beyond = cells.size - len(cells.cells) if test(cells.fill) else 0
    return float(sum(map(test, cells.cells)) + beyond)


@function("COUNTIFS({criteria_range:range, criteria:any}...)")
def countifs(*conditions: Grid | Scalar) -> float:
    """Counts the places where every range meets its condition."""
    first = conditions[0]
    if len(conditions) == 2 and isinstance(first, Grid) and not isinstance(conditions[1], Grid):
        return countif(first, conditions[1])
    assert isinstance(first, Grid)
    return float(sum(1 for _ in _meeting(first, conditions)))


@function("SUMIF(range:range, criteria:any, [sum_range:range])")
def sumif(cells: Grid, condition: Scalar, values: Grid | None = None) -> float:
    """Adds the cells that meet a condition, or their partners in another range."""
    values = cells if values is None else _resized(values, cells)
    return finite(math_sum(_numbers(_meeting(values, (cells, condition)))))


@function("SUMIFS(sum_range:range, {criteria_range:range, criteria:any}...)")
def sumifs(values: Grid, *conditions: Grid | Scalar) -> float:
    """Adds the cells for which every range meets its condition."""
    return finite(math_sum(_numbers(_meeting(values, conditions))))


@function("AVERAGEIF(range:range, criteria:any, [average_range:range])")
def averageif(cells: Grid, condition: Scalar, values: Grid | None = None) -> float:
    """The mean of the cells that meet a condition, or of their partners in another range."""
    values = cells if values is None else _resized(values, cells)
    return _mean(list(_numbers(_meeting(values, (cells, condition)))))


@function("AVERAGEIFS(average_range:range, {criteria_range:range, criteria:any}...)")
def averageifs(values: Grid, *conditions: Grid | Scalar) -> float:
    """The mean of the cells for which every range meets its condition."""
    return _mean(list(_numbers(_meeting(values, conditions))))


@function("MAXIFS(max_range:range, {criteria_range:range, criteria:any}...)")
def maxifs(values: Grid, *conditions: Grid | Scalar) -> float:
    """The largest of the cells for which every range meets its condition; 0 if there is none."""
    return max(_numbers(_meeting(values, conditions)), default=0.0)


@function("MINIFS(min_range:range, {criteria_range:range, criteria:any}...)")
def minifs(values: Grid, *conditions: Grid | Scalar) -> float:
    """The smallest of the cells for which every range meets its condition; 0 if there is none."""
    return min(_numbers(_meeting(values, conditions)), default=0.0)
