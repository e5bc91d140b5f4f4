"""Computes single formulas for the tests: cells by their A1 addresses, one worksheet unless a sheet is named."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from xlsxeval.calc import ExcelError, Scalar, compile_formulas
from xlsxeval.calc.compilation import Surroundings
from xlsxeval.model import Address, split_a1

SHEETS = ("Sheet1", "Sheet2", "附件3-2")


def address(text: str) -> Address:
    """``B2`` on the first worksheet, or ``Sheet2!B2``."""
    sheet, _, cell = text.rpartition("!")
    return Address(sheet or SHEETS[0], *split_a1(cell))


def read_value(value: object) -> Scalar:
    """A value of a case file: the text of an error stands for the error."""
    if isinstance(value, str):
        return ExcelError(value) if value in {error.value for error in ExcelError} else value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value  # type: ignore[return-value]


def evaluate(
    formula: str,
    cells: Mapping[str, object] | None = None,
    *,
    at: str = "Z99",
    array: bool = False,
    names: Mapping[str, str] | None = None,
    date1904: bool = False,
    now: datetime.datetime | None = None,
    sheets: Sequence[str] = SHEETS,
    surroundings: Surroundings | None = None,
) -> Scalar:
    """The result of one formula; a cell whose value begins with ``=`` is a formula too."""
    place = address(at)
    formulas, values = {place: formula}, {}
    for key, value in (cells or {}).items():
        if isinstance(value, str) and value.startswith("="):
            formulas[address(key)] = value
        else:
            values[address(key)] = read_value(value)
    program = compile_formulas(
        formulas,
        sheets=sheets,
        names=names or {},
        date1904=date1904,
        arrays={place: (1, 1)} if array else None,
        surroundings=surroundings,
    )
    return program.run(values, now=now)[place]
