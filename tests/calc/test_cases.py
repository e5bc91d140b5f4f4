"""The case tables: documented results of functions and operators, a file a family."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calc.harness import SHEETS, evaluate, read_value
from tests.support.yaml_files import read_yaml
from xlsxeval.calc import functions
from xlsxeval.calc.compilation import Surroundings
from xlsxeval.calc.table_refs import Table
from xlsxeval.calc.values import Area

CASES = Path(__file__).parent / "cases"
TABLES = {path.stem: read_yaml(path) for path in sorted(CASES.glob("*.yaml"))}


def _parameters() -> list[Any]:
    return [
        pytest.param(group, str(formula), expected, id=f"{family}-{formula}")
        for family, groups in TABLES.items()
        for group in groups
        for formula, expected in group["cases"].items()
    ]


@pytest.mark.parametrize(("group", "formula", "expected"), _parameters())
def test_a_formula_gives_the_documented_result(group: dict[str, Any], formula: str, expected: object):
    result = evaluate(
        formula,
        group.get("cells"),
        array=group.get("array", False),
        names=group.get("names"),
        date1904=group.get("date1904", False),
        now=group.get("now"),
        at=group.get("at", "Z99"),
        sheets=group.get("sheets", SHEETS),
        surroundings=_surroundings(group),
    )
    wanted = read_value(expected)
    if isinstance(wanted, float):
        assert type(result) is float
        assert result == pytest.approx(wanted, rel=group.get("tolerance", 1e-14), abs=1e-18)
    else:
        assert (type(result), result) == (type(wanted), wanted)


def _surroundings(group: dict[str, Any]) -> Surroundings:
    """Rows hidden by hand, rows hidden by a filter, and a table over cells of the first worksheet."""
    sheet = group.get("sheets", SHEETS)[0]
    filtered = frozenset(group.get("filtered", ()))
    hidden = filtered | frozenset(group.get("hidden", ()))
    tables = [Table(name, Area(sheet, *box), tuple(columns)) for name, box, columns in group.get("tables", ())]
    return Surroundings({sheet: hidden}, {sheet: filtered}, tables)


def test_every_table_names_its_source():
    assert all(group["source"] and group["about"] for groups in TABLES.values() for group in groups)


def test_every_function_has_a_case():
    tested = " ".join(str(formula) for groups in TABLES.values() for group in groups for formula in group["cases"])
    missing = [entry.name for entry in functions() if f"{entry.name}(" not in tested.upper()]
    assert missing == []
