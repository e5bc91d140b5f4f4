"""Held against LibreOffice: the documented cases, and formulas made by hypothesis."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.calc import libreoffice
from tests.calc.differences import known_difference
from tests.calc.harness import read_value
from tests.calc.otherwise import OTHERWISE
from tests.calc.strategies import DATA, computable
from tests.calc.test_cases import TABLES
from tests.calc.workbooks import read_book
from xlsxeval.calc import ExcelError, Scalar, compile_formulas, parse, same_formula
from xlsxeval.model import Address, split_a1

pytestmark = pytest.mark.libreoffice

FORMULAS = 600
"""How many formulas hypothesis makes."""


def agree(ours: Scalar, theirs: Scalar, tolerance: float = 1e-9) -> bool:
    """Whether two programs mean the same: numbers nearly, errors whatever their kind, blank and empty alike."""
    if isinstance(ours, ExcelError) or isinstance(theirs, ExcelError):
        return isinstance(ours, ExcelError) and isinstance(theirs, ExcelError)
    if isinstance(ours, float | bool) and isinstance(theirs, float | bool):
        return float(ours) == pytest.approx(float(theirs), rel=tolerance, abs=1e-9)
    return (ours or "") == (theirs or "")


def documented() -> tuple[dict[Address, Scalar], dict[Address, str], dict[Address, tuple[Scalar, float]]]:
    """The groups of the tables that need one worksheet and nothing else, each on a worksheet of its own."""
    cells: dict[Address, Scalar] = {}
    formulas: dict[Address, str] = {}
    expected: dict[Address, tuple[Scalar, float]] = {}
    for family, groups in TABLES.items():
        for number, group in enumerate(groups):
            given_cells = group.get("cells") or {}
            special = {"names", "date1904", "now", "array", "at", "sheets", "tables", "hidden", "filtered"} & set(
                group
            ) or any("!" in key for key in given_cells)
            if special or group["about"] == "implicit intersection":
                continue
            sheet = f"{family}_{number}"
            for key, value in given_cells.items():
                cells[Address(sheet, *split_a1(key))] = read_value(value)
            for row, (formula, value) in enumerate(group["cases"].items()):
                place = Address(sheet, 100 + row, 26)
                formulas[place] = str(formula)
                expected[place] = read_value(value), group.get("tolerance", 1e-9)
    return cells, formulas, expected


def test_the_documented_results_are_those_of_libreoffice_too(tmp_path: Path):
    cells, formulas, expected = documented()
    results = libreoffice.compute(tmp_path, cells, formulas)
    wrong = {
        formulas[place]: (value, results[place])
        for place, (value, tolerance) in expected.items()
        if not agree(value, results[place], tolerance)
        and results[place] is not ExcelError.NAME
        and known_difference(formulas[place]) is None
        and formulas[place] not in OTHERWISE["libreoffice"]
    }
    assert wrong == {}
    assert sum(results[place] is not ExcelError.NAME for place in expected) > 600


def made() -> list[str]:
    """Formulas over DATA, the same ones on every run."""
    found: dict[str, None] = {}

    @settings(
        max_examples=FORMULAS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(computable)
    def collect(formula: str) -> None:
        if len(formula) < 400:
            found[formula] = None

    collect()
    return list(found)


def test_what_libreoffice_saves_is_the_same_formula(tmp_path: Path):
    _, formulas, _ = documented()
    formulas |= {Address("Made", row, 1): formula for row, formula in enumerate(made(), 1)}
    source = tmp_path / "formulas.xlsx"
    libreoffice.write_book(source, {Address("Data", 1, 1): 1.0}, formulas)
    saved = read_book(libreoffice.convert(source, tmp_path)).cells
    changed = {
        formula: saved[place][0]
        for place, formula in formulas.items()
        if formula not in OTHERWISE["libreoffice"] and not same_formula(parse(formula), parse(saved[place][0] or "0"))
    }
    assert changed == {}


def test_made_formulas_give_what_libreoffice_gives(tmp_path: Path):
    cells = {
        Address("Data", row, ord(column) - 64): value
        for column, values in DATA.items()
        for row, value in enumerate(values, 1)
        if value is not None
    }
    formulas = {Address("Made", row, 1): formula for row, formula in enumerate(made(), 1)}
    ours = compile_formulas(formulas, sheets=["Data", "Made"]).run(cells)
    theirs = libreoffice.compute(tmp_path, cells, formulas)
    wrong = {
        formula: (ours[place], theirs[place])
        for place, formula in formulas.items()
        if not agree(ours[place], theirs[place])
    }
    assert wrong == {}
    assert len(formulas) > FORMULAS / 2
