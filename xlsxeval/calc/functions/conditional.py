"""Counts, sums and averages of cells that meet conditions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from xlsxeval.calc.criteria import Test, criterion, wanted_bound, wanted_value
from xlsxeval.calc.functions.arguments import require, same_size
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.numbers import same_number
from xlsxeval.calc.operators import finite
from xlsxeval.calc.search_lines import key_of
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _values(grids: Sequence[Grid]) -> list[Sequence[Scalar]]:
    """The cells of grids of one size, side by side; blanks beyond what any of them stores are left out."""
    if len({(len(grid.cells), grid.width) for grid in grids}) == 1 and all(grid.fill is None for grid in grids):
        return [grid.cells for grid in grids]
    if any(grid.columns > 1 for grid in grids):
        return [grid.flat() for grid in grids]
    longest = max(len(grid.cells) for grid in grids)
    return [[*grid.cells, *[grid.fill] * (longest - len(grid.cells))] for grid in grids]


class _CriteriaIndex:
    """Where values stand in a range that many formulas ask: numbers (texts that read as numbers too), texts, logicals."""

    def __init__(self, values: Sequence[Scalar]) -> None:
        self.places: dict[object, list[int]] = {}
        self.sorted: list[float] = sorted(value for value in values if type(value) is float)
        for place, value in enumerate(values):
            number = text_to_number(value) if isinstance(value, str) else None
            for key in {key_of(value), None if number is None else key_of(number)} - {None}:
                self.places.setdefault(key, []).append(place)

    def beyond(self, operator: str, bound: float) -> int:
        """How many numbers are less or greater than a bound, equal ones by fifteen digits."""
        first = last = bisect_left(self.sorted, bound)
        while first > 0 and same_number(self.sorted[first - 1], bound):
            first -= 1
        while last < len(self.sorted) and same_number(self.sorted[last], bound):
            last += 1
        below = last if operator in ("<=", ">") else first
        return below if operator[0] == "<" else len(self.sorted) - below


def _index(grid: Grid) -> _CriteriaIndex:
    return grid.kept("criteria", lambda: _CriteriaIndex(grid.cells))


def _found(grid: Grid, condition: Scalar) -> Sequence[int] | None:
    """The places that meet a criterion of equality in a range with a memory; None where every cell must be looked at."""
    if grid.memory is None or grid.fill is not None:
        return None
    wanted = wanted_value(condition)
    return None if wanted is None else _index(grid).places.get(key_of(wanted), ())


def _meeting(values: Grid, conditions: Sequence[Grid | Scalar]) -> Iterator[Scalar]:
    """The values whose partners in every range meet its criterion."""
    ranges = [item for item in conditions[::2] if isinstance(item, Grid)]
    criteria = [item for item in conditions[1::2] if not isinstance(item, Grid)]
    require(len(ranges) == len(criteria) and len(conditions) % 2 == 0)
    same_size([values, *ranges])
    tests = [criterion(item) for item in criteria]
    if values.columns == 1 or len({grid.width for grid in (values, *ranges)}) == 1:
        known = [
            (found, place) for place, grid in enumerate(ranges) if (found := _found(grid, criteria[place])) is not None
        ]
        if known:
            yield from _chosen(values, ranges, tests, *min(known, key=lambda item: len(item[0])))
            return
    for value, *partners in zip(*_values([values, *ranges]), strict=True):
        if all(test(partner) for test, partner in zip(tests, partners, strict=True)):
            yield value


def _chosen(
    values: Grid, ranges: Sequence[Grid], tests: Sequence[Test], places: Sequence[int], known: int
) -> Iterator[Scalar]:
    """The values at places that meet one criterion for certain, where the partners meet the others."""
    rest = [(grid, tests[number]) for number, grid in enumerate(ranges) if number != known]
    for place in places:
        if all(test(_cell(grid, place)) for grid, test in rest):
            yield _cell(values, place)


def _cell(grid: Grid, place: int) -> Scalar:
    return grid.cells[place] if place < len(grid.cells) else grid.fill


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
    found = _found(cells, condition)
    if found is not None:
        return float(len(found))
    if cells.memory is not None and cells.fill is None and (bound := wanted_bound(condition)) is not None:
        return float(_index(cells).beyond(*bound))
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
