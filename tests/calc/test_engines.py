"""Held against other engines for Excel's formulas, where they are installed (``pip install formualizer formulon``).

Both are young. What they are known to do otherwise is listed, and everything else must agree.
"""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.calc.engines import ENGINES
from tests.calc.otherwise import OTHERWISE
from tests.calc.strategies import DATA
from tests.calc.test_libreoffice import agree, documented, made
from xlsxeval.calc import ExcelError, compile_formulas
from xlsxeval.model import Address

KNOWN: Final = {
    "formulon": {
        "the locale is English: a Chinese character is one byte, codes and weekdays are English": (
            r"LENB|LEFTB|RIGHTB|MIDB|FINDB|ASC\(|WIDECHAR|CODE\(|CHAR\(5|aaa|2024年|¥|RMB|NUMBERSTRING|DBNum|0!\.0|上午"
        ),
        "~ before ~ and errors are no criteria": r'"一~~二"|"#N/A"\)',
        "SORT gives no value in the corner": r"^SORT\(",
        "General has other limits": r'"General"|1E\+308',
        "the clock is read": r"TODAY|NOW",
    },
    "formualizer": {
        "comparisons are exact to the last bit": r"[=<>]",
        "a double is written with up to seventeen digits": r'&|LEN\(',
        "TEXT knows few formats; texts are seldom read as numbers": r'TEXT\(|VALUE|"[$(¥]|A1\*2|"TRUE"|"FALSE"|年|"\d+[-:/]',
        "SUMPRODUCT does not go into functions": r"SUMPRODUCT\(.*\(",
        "criteria: ? is a byte, sizes may differ": r"COUNTIF|IFS\(",
        "significance and signs": r"CEILING|FLOOR|0\^0",
        "arrays, matrices and bytes are not there yet": r"MMULT|MDETERM|SORT\(|(LEN|LEFT|RIGHT|MID|FIND)B|WIDECHAR|CODE|CHAR|RMB|NUMBERS",
        "other differences": r"ISODD|ISEVEN|DATE|TIME|DAYS|MONTH|WEEK|YEAR|PROPER|SUM\(\)|TYPE|ISERROR|COUNT\(1/0|MOD|ROUND|INT",
        "the clock is read": r"TODAY|NOW",
    },
}  # fmt: skip
"""What each engine does otherwise than Excel, as patterns of formulas."""

LACKING: Final = {"formulon": r"$.", "formualizer": r"COUP|DURATION|MAT\("}
"""Functions that an engine does not have: what it says of them is no disagreement."""

LEAST: Final = {"formulon": 0.94, "formualizer": 0.8}
"""The share of documented cases on which an engine agrees: a fall would say that the comparison is broken."""


def is_known(engine: str, formula: str) -> bool:
    """Whether a formula is one that an engine is known to compute otherwise."""
    return any(re.search(pattern, formula) for pattern in KNOWN[engine].values())


@pytest.mark.parametrize("engine", ENGINES)
def test_the_documented_results_are_those_of_the_engine_too(engine: str):
    pytest.importorskip(engine, reason="a second opinion that is not installed")
    cells, formulas, expected = documented()
    results = ENGINES[engine](cells, formulas)
    wrong = {
        formulas[place]: (value, results[place])
        for place, (value, tolerance) in expected.items()
        if not agree(value, results[place], tolerance)
    }
    told = {formula: values for formula, values in wrong.items() if not is_known(engine, formula)}
    assert {formula: values for formula, values in told.items() if formula not in OTHERWISE[engine]} == {}
    had = {place for place in expected if not re.search(LACKING[engine], formulas[place])}
    assert 1 - len(wrong.keys() & {formulas[place] for place in had}) / len(had) >= LEAST[engine]


@pytest.mark.parametrize("engine", ENGINES)
def test_made_formulas_give_what_the_engine_gives(engine: str):
    pytest.importorskip(engine, reason="a second opinion that is not installed")
    cells = {
        Address("Data", row, ord(column) - 64): value
        for column, values in DATA.items()
        for row, value in enumerate(values, 1)
    }
    formulas = {Address("Made", row, 1): formula for row, formula in enumerate(made(), 1)}
    ours = compile_formulas(formulas, sheets=["Data", "Made"]).run(cells)
    theirs = ENGINES[engine](cells, formulas)
    wrong = {
        formula: (ours[place], theirs[place])
        for place, formula in formulas.items()
        if not agree(ours[place], theirs[place]) and not is_known(engine, formula)
    }
    assert wrong == {}
    assert sum(isinstance(value, ExcelError) for value in ours.values()) < len(ours) / 3
