"""The case tables: documented results of functions and operators, a file a family."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calc.harness import evaluate, read_value
from tests.support.yaml_files import read_yaml
from xlsxeval.calc import functions

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
    )
    wanted = read_value(expected)
    if isinstance(wanted, float):
        assert type(result) is float
        assert result == pytest.approx(wanted, rel=group.get("tolerance", 1e-14), abs=1e-18)
    else:
        assert (type(result), result) == (type(wanted), wanted)


def test_every_table_names_its_source():
    assert all(group["source"] and group["about"] for groups in TABLES.values() for group in groups)


def test_every_function_has_a_case():
    tested = " ".join(str(formula) for groups in TABLES.values() for group in groups for formula in group["cases"])
    missing = [entry.name for entry in functions() if f"{entry.name}(" not in tested.upper()]
    assert missing == []
