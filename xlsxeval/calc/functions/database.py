"""DSUM and its family: figures of the lines of a table that meet the conditions written in another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.criteria import criterion
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import TABLE, function
from xlsxeval.calc.values import ExcelError, Grid, Scalar


def _titles(grid: Grid) -> list[str]:
    return [str(title).casefold() if title is not None else "" for title in grid.row(0)]


def _condition(value: Scalar) -> Callable[[Scalar], bool]:
    """The test of a cell of conditions; a plain text finds all texts that begin with it."""
    if isinstance(value, str) and value[:1] not in ("=", "<", ">"):
        return criterion(f"{value}*")
    return criterion(value)


def _lines(table: Grid, conditions: Grid) -> list[list[Scalar]]:
    """The lines that meet all conditions of any line of conditions."""
    titles = _titles(table)
    columns = [titles.index(title) if title in titles else None for title in _titles(conditions)]
    choices = [
        [(column, _condition(value)) for column, value in zip(columns, line, strict=True) if value is not None]
        for line in conditions.lines()[1:]
    ]
    require(bool(choices))
    return [
        line
        for line in table.lines()[1:]
        if any(all(column is not None and test(line[column]) for column, test in choice) for choice in choices)
    ]


def _values(table: Grid, field: Scalar, conditions: Grid) -> Sequence[Scalar]:
    titles = _titles(table)
    require(table.rows > 1)
    if isinstance(field, str) and field.casefold() in titles:
        place = titles.index(field.casefold())
    else:
        place = int(to_number(field)) - 1
        require(0 <= place < len(titles))
    return [line[place] for line in _lines(table, conditions)]


def _of(name: str, base: str, summary: str) -> None:
    """Registers DSUM and its like: what a function gives of the values of a field."""

    def body(table: Grid, field: Scalar, conditions: Grid) -> Any:
        if field is None and base in ("COUNT", "COUNTA"):
            return float(len(_lines(table, conditions)))
        values = _values(table, field, conditions)
        return TABLE[base].body(Grid(len(values), 1, values))

    body.__doc__ = summary
    function(f"{name}(database:range, field:scalar, criteria:range)")(body)


_of("DSUM", "SUM", "Adds the values of a field in the lines that meet conditions.")
_of("DAVERAGE", "AVERAGE", "The mean of a field in the lines that meet conditions.")
_of("DCOUNT", "COUNT", "Counts the numbers of a field in the lines that meet conditions.")
_of("DCOUNTA", "COUNTA", "Counts the values of a field in the lines that meet conditions.")
_of("DMAX", "MAX", "The largest number of a field in the lines that meet conditions.")
_of("DMIN", "MIN", "The smallest number of a field in the lines that meet conditions.")
_of("DPRODUCT", "PRODUCT", "Multiplies the numbers of a field in the lines that meet conditions.")
_of("DSTDEV", "STDEV", "The standard deviation of a field as a sample in the lines that meet conditions.")
_of("DSTDEVP", "STDEVP", "The standard deviation of a field in the lines that meet conditions.")
_of("DVAR", "VAR", "The variance of a field as a sample in the lines that meet conditions.")
_of("DVARP", "VARP", "The variance of a field in the lines that meet conditions.")


@function("DGET(database:range, field:scalar, criteria:range)")
def dget(table: Grid, field: Scalar, conditions: Grid) -> Scalar:
    """The value of a field in the only line that meets conditions."""
    values = _values(table, field, conditions)
    require(bool(values))
    require(len(values) == 1, ExcelError.NUM)
    return values[0]
