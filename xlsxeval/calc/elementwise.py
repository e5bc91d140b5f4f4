"""A function of single values computed for every cell of rectangles: arrays of different size are stretched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xlsxeval.calc.values import MAX_ARRAY, PROBLEMS, CellError, ExcelError, Grid, Scalar, error_of

Value = Scalar | Grid


def elementwise(compute: Callable[..., Scalar], values: Sequence[Value]) -> Grid:
    """The grid of ``compute`` over the values' cells; a single row, column or value is used again for every line.

    Where a rectangle ends before another, the result is ``#N/A``. An error stays in its own cell.
    """
    grids = [value for value in values if isinstance(value, Grid)]
    if len(grids) == 1:
        rows, columns, height, width = grids[0].rows, grids[0].columns, grids[0].height, grids[0].width
    else:
        rows, columns = max(grid.rows for grid in grids), max(grid.columns for grid in grids)
        height = _stored([(grid.rows, grid.height) for grid in grids], rows)
        width = _stored([(grid.columns, grid.width) for grid in grids], columns)
    if height * width > MAX_ARRAY:
        raise CellError(ExcelError.NUM)
    sources = [_source(value, rows, columns, height, width) for value in values]
    cells = _each(compute, zip(*sources, strict=True))
    fill: Scalar = None
    if (height, width) != (rows, columns):
        fill = _each(compute, [[value.fill if isinstance(value, Grid) else value for value in values]])[0]
    return Grid(rows, columns, cells, width, fill)


def _stored(sizes: Sequence[tuple[int, int]], full: int) -> int:
    """How far the result must be written out: as far as any full-size rectangle is stored."""
    lengths = {size for size, _ in sizes}
    if lengths - {1, full}:
        return full
    return max([stored for size, stored in sizes if size == full], default=full)


def _each(compute: Callable[..., Scalar], items: Iterable[Sequence[Scalar]]) -> list[Scalar]:
    """One loop over all cells, for this is where most of the time of a helper column goes."""
    results: list[Scalar] = []
    for item in items:
        try:
            results.append(compute(*item))
        except PROBLEMS as problem:
            results.append(error_of(problem))
    return results


def _source(value: Value, rows: int, columns: int, height: int, width: int) -> Sequence[Scalar]:
    """The values of one argument, stretched to the written-out part of the result."""
    if not isinstance(value, Grid):
        return [value] * (height * width)
    if (value.rows, value.columns, value.height, value.width) == (rows, columns, height, width):
        return value.cells
    if value.rows == value.columns == 1:
        return [value.at(0, 0)] * (height * width)
    return [_stretched(value, row, column) for row in range(height) for column in range(width)]


def _stretched(grid: Grid, row: int, column: int) -> Scalar:
    row = 0 if grid.rows == 1 else row
    column = 0 if grid.columns == 1 else column
    return grid.at(row, column) if row < grid.rows and column < grid.columns else ExcelError.NA
