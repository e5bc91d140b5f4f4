"""What many functions do with their arguments: pick the numbers out, find the matching lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar

Item = Scalar | Grid


def numbers(items: Iterable[Item]) -> Iterator[float]:
    """The numbers among arguments as SUM takes them.

    In references and arrays only numbers count, texts, logical values and blanks do not; a value written as an
    argument is coerced. Raises CellError for an error anywhere.
    """
    for item in items:
        if isinstance(item, Grid):
            for value in item.values():
                if type(value) is float:
                    yield value
                elif isinstance(value, ExcelError):
                    raise CellError(value)
        else:
            yield to_number(item)


def numbers_with_text(items: Iterable[Item]) -> Iterator[float]:
    """The numbers as AVERAGEA and MAXA take them: in references texts are 0 and TRUE is 1; blanks do not count."""
    for item in items:
        if isinstance(item, Grid):
            for value in item.values():
                if isinstance(value, ExcelError):
                    raise CellError(value)
                if value is not None:
                    yield 0.0 if isinstance(value, str) else float(value)
        else:
            yield to_number(item)


def all_values(items: Iterable[Item]) -> Iterator[Scalar]:
    """Every value of every argument, blanks of references included as far as they are stored."""
    for item in items:
        if isinstance(item, Grid):
            yield from item.values()
        else:
            yield item


Body = Callable[..., Any]


def remembered(body: Body) -> Body:
    """A body whose result for a single range is kept with the range: SUM(A:A) in every line is added up once."""

    @wraps(body)
    def once(*items: Item) -> Any:
        if len(items) == 1 and isinstance(items[0], Grid) and items[0].memory is not None:
            return items[0].kept(body.__name__, lambda: body(*items))
        return body(*items)

    return once


def raise_errors(values: Iterable[Scalar]) -> None:
    """Raises CellError for the first error among values."""
    for value in values:
        if isinstance(value, ExcelError):
            raise CellError(value)


def same_size(grids: Iterable[Grid]) -> None:
    """Raises CellError (``#VALUE!``) unless all grids have the same rows and columns."""
    if len({(grid.rows, grid.columns) for grid in grids}) > 1:
        raise CellError(ExcelError.VALUE)


def require(condition: bool, error: ExcelError = ExcelError.VALUE) -> None:
    """Raises CellError unless the condition holds."""
    if not condition:
        raise CellError(error)


def number_pairs(xs: Grid, ys: Grid) -> list[tuple[float, float]]:
    """The cells of two arrays side by side where both hold numbers. Raises CellError for sizes that differ."""
    require(xs.size == ys.size, ExcelError.NA)
    pairs = list(zip(xs.flat(), ys.flat(), strict=True))
    raise_errors(value for pair in pairs for value in pair)
    return [(x, y) for x, y in pairs if isinstance(x, float) and isinstance(y, float)]
