"""The functions of Excel, a family a module; importing this package fills the table."""

import importlib
import sys
from collections.abc import Sequence
from typing import Final

from xlsxeval.calc.functions.table import TABLE, TWINS, Function

FAMILIES: Final = (
    "math",
    "rounding",
    "conditional",
    "subtotals",
    "statistics",
    "ranking",
    "deviation",
    "distributions",
    "regression",
    "dispersion",
    "trigonometry",
    "logical",
    "text",
    "text_search",
    "regex",
    "bytes",
    "conversion",
    "lookup",
    "xlookup",
    "reference",
    "arrays",
    "array_parts",
    "information",
    "date",
    "time",
    "financial",
    "returns",
    "depreciation",
    "bills",
    "bonds",
    "database",
    "engineering",
    "complex_numbers",
    "units",
    "chance",
)
"""The modules of this package that hold functions, in the order of the documentation."""

for _family in FAMILIES:
    importlib.import_module(f"{__name__}.{_family}")


def functions() -> Sequence[Function]:
    """All functions, family by family and by name within it."""
    return sorted(TABLE.values(), key=lambda entry: (FAMILIES.index(entry.family), entry.name))


def family_summary(family: str) -> str:
    """What a family holds, in one line."""
    return (sys.modules[f"{__name__}.{family}"].__doc__ or "").partition("\n")[0]


def is_function(name: str) -> bool:
    """Whether a name, in any case, is a function that formulas can call."""
    return name.upper() in TABLE


__all__ = ["FAMILIES", "TABLE", "TWINS", "Function", "family_summary", "functions", "is_function"]
