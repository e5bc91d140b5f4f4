"""A workbook computed again: formula by formula, with what it shows and what it should show."""

from __future__ import annotations

import pytest

from xlsxeval.calc import ExcelError, recalculate
from xlsxeval.calc.recalculation import agree
from xlsxeval.model import Address


def cell(row: int, column: int = 1) -> Address:
    return Address("附件2", row, column)


BOOK = {
    cell(1, 1): (None, 120.35),
    cell(1, 2): (None, 112.5),
    cell(1, 3): ("=ROUND(B1/A1,4)", 1.0),
    cell(1, 4): ("C1*10", 10.0),
    cell(2, 1): ("=坏(", "旧"),
    cell(3, 1): ("=A1", 120.35),
}


def test_every_formula_has_its_shown_and_its_computed_value():
    result = recalculate(BOOK, sheets=["附件2"])
    assert [(item.address, item.formula, item.cached, item.value, item.differs) for item in result.cells] == [
        (cell(1, 3), "ROUND(B1/A1,4)", 1.0, 0.9348, True),
        (cell(1, 4), "C1*10", 10.0, pytest.approx(9.348), True),
        (cell(2, 1), "=坏(", "旧", "旧", False),
        (cell(3, 1), "A1", 120.35, 120.35, False),
    ]
    assert [fault.address for fault in result.program.faults] == [cell(2, 1)]


def test_the_chain_behind_a_value_can_be_asked_for():
    result = recalculate(BOOK, sheets=["附件2"])
    steps = result.program.explain(cell(1, 4), result.inputs)
    assert [(step.depth, step.address.a1, step.value) for step in steps] == [
        (0, "D1", pytest.approx(9.348)),
        (1, "C1", 0.9348),
        (2, "B1", 112.5),
        (2, "A1", 120.35),
    ]


@pytest.mark.parametrize(
    ("cached", "value", "same"),
    [
        (0.3, 0.1 + 0.2, True),
        (0.3, 0.30001, False),
        (None, "", True),
        ("", "", True),
        (0.0, "", False),
        (True, 1.0, False),
        (ExcelError.NA, ExcelError.NA, True),
        (ExcelError.NA, ExcelError.REF, False),
        ("是", "否", False),
    ],
)
def test_agreement(cached: object, value: object, same: bool):
    assert agree(cached, value) is same
