"""Lines through points, and what they say beyond: LINEST, TREND, GROWTH and their like; matrices turned round."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.deviation import forecast
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar, grid_of_lines

_LARGEST = 200
Matrix = list[list[float]]


def matrix_of(grid: Grid, error: ExcelError = ExcelError.VALUE) -> Matrix:
    """The numbers of an array, row by row. Raises CellError for anything else in it."""
    for value in grid.flat():
        if isinstance(value, ExcelError):
            raise CellError(value)
        require(type(value) is float, error)
    return [[value for value in line if isinstance(value, float)] for line in grid.lines()]


def inverse(lines: Matrix) -> Matrix:
    """A square matrix turned round, by elimination with the largest pivots. Raises CellError (``#NUM!``) for none."""
    size = len(lines)
    require(size <= _LARGEST, ExcelError.NUM)
    work = [[*line, *(float(row == column) for column in range(size))] for row, line in enumerate(lines)]
    largest = max((abs(value) for line in lines for value in line), default=0.0)
    for step in range(size):
        pivot = max(range(step, size), key=lambda row: abs(work[row][step]))
        require(abs(work[pivot][step]) > largest * 1e-16, ExcelError.NUM)
        work[step], work[pivot] = work[pivot], work[step]
        head = work[step][step]
        work[step] = [value / head for value in work[step]]
        for row in range(size):
            if row != step and (share := work[row][step]):
                work[row] = [x - share * y for x, y in zip(work[row], work[step], strict=True)]
    return [line[size:] for line in work]


@function("MINVERSE(array:array)", array=True)
def minverse(grid: Grid) -> Grid:
    """A square matrix turned round."""
    require(grid.rows == grid.columns)
    return grid_of_lines(inverse(matrix_of(grid)))


@function("MUNIT(dimension:integer)", array=True)
def munit(size: int) -> Grid:
    """The unit matrix of a size."""
    require(1 <= size <= 1000)
    return grid_of_lines([[float(row == column) for column in range(size)] for row in range(size)])


class _Fit:
    """Least squares: the coefficients, the constant last, with what is needed for their errors."""

    def __init__(self, ys: Sequence[float], points: Matrix, *, constant: bool) -> None:
        self.constant = constant
        self.count, self.width = len(ys), len(points[0])
        means = [math_sum(column) / self.count if constant else 0.0 for column in zip(*points, strict=True)]
        mean = math_sum(ys) / self.count if constant else 0.0
        xs = [[x - m for x, m in zip(point, means, strict=True)] for point in points]
        ys_moved = [y - mean for y in ys]
        columns = list(zip(*xs, strict=True))
        products = [
            [math_sum(a * b for a, b in zip(left, right, strict=True)) for right in columns] for left in columns
        ]
        self.inverse = inverse(products)
        sides = [math_sum(x * y for x, y in zip(column, ys_moved, strict=True)) for column in columns]
        self.slopes = [math_sum(a * b for a, b in zip(line, sides, strict=True)) for line in self.inverse]
        self.intercept = mean - math_sum(b * m for b, m in zip(self.slopes, means, strict=True)) if constant else 0.0
        self.means = means
        fitted = [math_sum(b * x for b, x in zip(self.slopes, point, strict=True)) for point in xs]
        self.residual = math_sum((y - f) ** 2 for y, f in zip(ys_moved, fitted, strict=True))
        self.total = math_sum(y * y for y in ys_moved)
        self.freedom = self.count - self.width - constant

    def at(self, point: Sequence[float]) -> float:
        return self.intercept + math_sum(b * x for b, x in zip(self.slopes, point, strict=True))

    def statistics(self) -> list[list[Scalar]]:
        """LINEST's four further rows."""
        width = self.width + 1
        spread = self.residual / self.freedom if self.freedom > 0 else 0.0
        errors: list[Scalar] = [math.sqrt(max(spread * self.inverse[i][i], 0.0)) for i in reversed(range(self.width))]
        if self.constant:
            weight = math_sum(
                self.means[i] * self.means[j] * self.inverse[i][j] for i in range(self.width) for j in range(self.width)
            )
            errors.append(math.sqrt(spread * (1 / self.count + weight)))
        else:
            errors.append(ExcelError.NA)
        explained = self.total - self.residual
        share: Scalar = explained / self.total if self.total else 1.0
        test: Scalar = explained / self.width / spread if spread else ExcelError.NUM
        rows: list[list[Scalar]] = [
            errors,
            [share, math.sqrt(spread)],
            [test, float(self.freedom)],
            [explained, self.residual],
        ]
        return [line + [ExcelError.NA] * (width - len(line)) for line in rows]


def _points(ys: Grid, xs: Grid | None) -> tuple[list[float], Matrix, bool]:
    """The ys, a row of xs for each, and whether the ys stand in a row."""
    values = [value for line in matrix_of(ys) for value in line]
    wide = ys.rows == 1 and ys.columns > 1
    if xs is None:
        return values, [[place + 1.0] for place in range(len(values))], wide
    lines = matrix_of(xs)
    if (xs.rows, xs.columns) == (ys.rows, ys.columns):
        return values, [[value] for line in lines for value in line], wide
    if ys.columns == 1 and xs.rows == ys.rows:
        return values, lines, False
    require(ys.rows == 1 and xs.columns == ys.columns, ExcelError.REF)
    return values, [list(column) for column in zip(*lines, strict=True)], True


def _new_points(xs: Grid | None, points: Matrix, wide: bool) -> tuple[Matrix, int, int]:
    """The points that figures are wanted for, with the size of the result."""
    if xs is None:
        return points, *((1, len(points)) if wide else (len(points), 1))
    lines = matrix_of(xs)
    if len(points[0]) == 1:
        return [[value] for line in lines for value in line], xs.rows, xs.columns
    lines = [list(column) for column in zip(*lines, strict=True)] if wide else lines
    require(len(lines[0]) == len(points[0]), ExcelError.REF)
    return lines, *((1, len(lines)) if wide else (len(lines), 1))


def _logs(values: Sequence[float]) -> list[float]:
    require(all(value > 0 for value in values), ExcelError.NUM)
    return [math.log(value) for value in values]


_FIT = "(known_ys:array, [known_xs:array], [const:logical=], [stats:logical])"
_AHEAD = "(known_ys:array, [known_xs:array=], [new_xs:array=], [const:logical=])"


def _coefficients(ys: Grid, xs: Grid | None, constant: bool, stats: bool, *, logarithmic: bool) -> Grid:
    values, points, _ = _points(ys, xs)
    fit = _Fit(_logs(values) if logarithmic else values, points, constant=constant)
    first: list[Scalar] = [*fit.slopes[::-1], fit.intercept]
    if logarithmic:
        first = [finite(math.exp(value)) for value in first if isinstance(value, float)]
    return grid_of_lines([first, *(fit.statistics() if stats else ())])


@function(f"LINEST{_FIT.replace('[known_xs:array]', '[known_xs:array=]')}", array=True)
def linest(ys: Grid, xs: Grid | None = None, constant: bool = True, stats: bool = False) -> Grid:
    """The coefficients of the line through points, the last one first, and its statistics."""
    return _coefficients(ys, xs, constant, stats, logarithmic=False)


@function(f"LOGEST{_FIT.replace('[known_xs:array]', '[known_xs:array=]')}", array=True)
def logest(ys: Grid, xs: Grid | None = None, constant: bool = True, stats: bool = False) -> Grid:
    """The coefficients of the exponential curve through points."""
    return _coefficients(ys, xs, constant, stats, logarithmic=True)


def _ahead(ys: Grid, xs: Grid | None, new: Grid | None, constant: bool, *, logarithmic: bool) -> Grid:
    values, points, wide = _points(ys, xs)
    fit = _Fit(_logs(values) if logarithmic else values, points, constant=constant)
    wanted, rows, columns = _new_points(new, points, wide)
    found: list[Scalar] = [fit.at(point) for point in wanted]
    return Grid(rows, columns, [finite(math.exp(x)) for x in found if isinstance(x, float)] if logarithmic else found)


@function(f"TREND{_AHEAD}", array=True)
def trend(ys: Grid, xs: Grid | None = None, new: Grid | None = None, constant: bool = True) -> Grid:
    """Values on the line through points."""
    return _ahead(ys, xs, new, constant, logarithmic=False)


@function(f"GROWTH{_AHEAD}", array=True)
def growth(ys: Grid, xs: Grid | None = None, new: Grid | None = None, constant: bool = True) -> Grid:
    """Values on the exponential curve through points."""
    return _ahead(ys, xs, new, constant, logarithmic=True)


@function("FORECAST.LINEAR(x:number, known_ys:array, known_xs:array)")
def forecast_linear(x: float, ys: Grid, xs: Grid) -> float:
    """The value at x of the line through points."""
    return forecast(x, ys, xs)
