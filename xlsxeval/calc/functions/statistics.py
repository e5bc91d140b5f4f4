"""Counting, means, extremes, ranks."""

from __future__ import annotations

from xlsxeval.calc.functions.arguments import Item, numbers, numbers_with_text, remembered, require
from xlsxeval.calc.functions.math import math_sum
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import ExcelError, Grid


@function("COUNT({value:values}...)")
@remembered
def count(*items: Item) -> float:
    """Counts numbers; a text written as an argument counts if it reads as a number."""
    found = 0
    for item in items:
        if isinstance(item, Grid):
            found += sum(type(value) is float for value in item.values())
        elif isinstance(item, str):
            found += text_to_number(item) is not None
        else:
            found += item is None or isinstance(item, float | bool)
    return float(found)


@function("COUNTA({value:values}...)")
@remembered
def counta(*items: Item) -> float:
    """Counts values of any kind, empty texts and errors too; blanks do not count."""
    return float(
        sum(sum(value is not None for value in item.values()) if isinstance(item, Grid) else 1 for item in items)
    )


@function("COUNTBLANK(range:range)")
def countblank(cells: Grid) -> float:
    """Counts cells that are blank or hold an empty text."""
    return float(cells.size - sum(value is not None and value != "" for value in cells.values()))


@function("AVERAGE({number:values}...)")
@remembered
def average(*items: Item) -> float:
    """The mean of numbers; without any #DIV/0!."""
    values = list(numbers(items))
    require(bool(values), ExcelError.DIV0)
    return math_sum(values) / len(values)


@function("AVERAGEA({value:values}...)")
def averagea(*items: Item) -> float:
    """The mean of all values; texts count as 0, TRUE as 1."""
    values = list(numbers_with_text(items))
    require(bool(values), ExcelError.DIV0)
    return math_sum(values) / len(values)


@function("MAX({number:values}...)")
@remembered
def max_(*items: Item) -> float:
    """The largest number; 0 if there is none."""
    return max(numbers(items), default=0.0)


@function("MAXA({value:values}...)")
def maxa(*items: Item) -> float:
    """The largest value; texts count as 0, TRUE as 1."""
    return max(numbers_with_text(items), default=0.0)


@function("MIN({number:values}...)")
@remembered
def min_(*items: Item) -> float:
    """The smallest number; 0 if there is none."""
    return min(numbers(items), default=0.0)


@function("MINA({value:values}...)")
def mina(*items: Item) -> float:
    """The smallest value; texts count as 0, TRUE as 1."""
    return min(numbers_with_text(items), default=0.0)
