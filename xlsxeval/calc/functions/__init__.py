"""The functions of Excel, a family a module; importing this package fills the table."""

import importlib
from collections.abc import Sequence
from typing import Final

from xlsxeval.calc.functions.table import TABLE, TWINS, Function

FAMILIES: Final = (
    "math",
    "rounding",
    "conditional",
    "statistics",
    "ranking",
    "deviation",
    "logical",
    "text",
    "textsearch",
    "bytes",
    "conversion",
    "lookup",
    "xlookup",
    "reference",
    "arrays",
    "information",
    "date",
    "time",
    "financial",
)
"""The modules of this package that hold functions, in the order of the documentation."""

for _family in FAMILIES:
    importlib.import_module(f"{__name__}.{_family}")


def functions() -> Sequence[Function]:
    """All functions, family by family and by name within it."""
    return sorted(TABLE.values(), key=lambda entry: (FAMILIES.index(entry.family), entry.name))


def is_function(name: str) -> bool:
    """Whether a name, in any case, is a function that formulas can call."""
    return name.upper() in TABLE


__all__ = ["FAMILIES", "TABLE", "TWINS", "Function", "functions", "is_function"]
