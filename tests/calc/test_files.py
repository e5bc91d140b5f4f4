"""Workbooks in ``files/``: every formula is computed again and held against the value stored beside it.

Drop a workbook in and it is tested. Formulas that read the clock or make chance numbers have no place there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calc.workbooks import read_book

FILES = sorted((Path(__file__).parent / "files").glob("*.xlsx"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_stored_values_are_what_the_formulas_give(path: Path):
    result = read_book(path).recalculated()
    wrong = {str(cell.address): (cell.formula, cell.cached, cell.value) for cell in result.cells if not cell.agrees}
    assert wrong == {}
    assert result.cells


def test_there_are_files():
    assert len(FILES) >= 2
