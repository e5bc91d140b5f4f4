"""Numbers by chance: another figure at every computation, the same one again for the same moment."""

from __future__ import annotations

import math

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.places import Here
from xlsxeval.calc.values import MAX_LINES, ExcelError, Grid


@function("RAND()", here=True)
def rand(here: Here) -> float:
    """A number from 0 to below 1."""
    return here.run.chance.random()


@function("RANDBETWEEN(bottom:number, top:number)", here=True)
def randbetween(here: Here, bottom: float, top: float) -> float:
    """A whole number between two bounds, both included."""
    low, high = math.ceil(bottom), math.floor(top)
    require(low <= high, ExcelError.NUM)
    return float(here.run.chance.randint(low, high))


@function(
    "RANDARRAY([rows:integer=], [columns:integer=], [min:number=], [max:number=], [integer:logical=])",
    here=True,
    array=True,
)
def randarray(
    here: Here, rows: int = 1, columns: int = 1, low: float = 0.0, high: float = 1.0, whole: bool = False
) -> Grid:
    """An array of numbers between two bounds."""
    require(rows >= 1 and columns >= 1 and low <= high)
    require(rows * columns <= MAX_LINES, ExcelError.NUM)
    dice = here.run.chance
    if whole:
        return Grid(
            rows, columns, [float(dice.randint(math.ceil(low), math.floor(high))) for _ in range(rows * columns)]
        )
    return Grid(rows, columns, [low + (high - low) * dice.random() for _ in range(rows * columns)])
