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


def test_what_cannot_be_computed_here_is_listed_apart_and_taken_from_the_file():
    book = {
        cell(1): ('=CUBEVALUE("模型",A9)', 5.0),
        cell(2): ("=A1*2", 10.0),
        cell(3): ("=A1*2", 11.0),
        cell(4): ("=[1]表!A1", 7.0),
        cell(5): ("=RAND()", 0.25),
        cell(6): ("=A5*4", 1.0),
        cell(7): ("=SUM(A2,1)", 12.0),
        cell(8): ("=没有这个名称", 3.0),
    }
    result = recalculate(book, sheets=["附件2"])
    doubts = {item.address: item.doubt for item in result.cells if item.doubt is not None}
    assert doubts == {
        cell(1): "不支持的函数 CUBEVALUE",
        cell(3): "取自不能重算的单元格",
        cell(4): "引用其他工作簿",
        cell(5): "每次都不同的函数 RAND",
        cell(7): "取自不能重算的单元格",
        cell(8): "没有定义的名称 没有这个名称",
    }
    assert [item.address for item in result.cells if item.differs] == []


def test_an_unknown_function_that_excel_does_not_know_either_agrees():
    result = recalculate({cell(1): ("=MYMACRO(1)", ExcelError.NAME)}, sheets=["附件2"])
    assert [(item.doubt, item.agrees) for item in result.cells] == [(None, True)]


def test_circles_are_not_compared():
    result = recalculate({cell(1): ("=A2+1", 0.0), cell(2): ("=A1+1", 0.0)}, sheets=["附件2"])
    assert [item.doubt for item in result.cells] == ["循环引用", "循环引用"]


def test_the_computing_says_how_far_it_is_and_can_be_ended():
    book = {cell(row): (f"=ROW()*{row}", float(row * row)) for row in range(1, 3001)}
    steps: list[tuple[int, int]] = []
    recalculate(book, sheets=["附件2"], progress=lambda done, total: steps.append((done, total)))
    assert steps[0] == (0, 3000)
    assert steps[-1] == (3000, 3000)

    def stop(done: int, total: int) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        recalculate(book, sheets=["附件2"], progress=stop)


def test_an_array_formula_with_one_value_fills_its_range():
    book = {cell(1): ("=123", 123.0), cell(2): (None, 123.0), cell(3): ("=SUM(A1#)", 246.0)}
    result = recalculate(book, sheets=["附件2"], arrays={cell(1): (2, 1)})
    assert all(item.agrees for item in result.cells)
