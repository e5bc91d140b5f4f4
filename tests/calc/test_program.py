"""A program: order, circles, given values, explanations, and bounds on what a formula may ask for."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from tests.calc.harness import evaluate
from xlsxeval.calc import ExcelError, compile_formulas
from xlsxeval.model import Address


def cell(row: int, column: int = 1) -> Address:
    return Address("附件1", row, column)


def program(formulas: dict[Address, str]):
    return compile_formulas(formulas, sheets=["附件1"])


def test_formulas_are_computed_after_what_they_read():
    result = program({cell(1): "A2*2", cell(2): "A3+1"}).run({cell(3): 4})
    assert result == {cell(1): 10.0, cell(2): 5.0}


def test_a_value_given_for_a_formula_wins():
    formulas = program({cell(1): "A2*2", cell(2): "A3+1"})
    assert formulas.run({cell(3): 4, cell(2): 100})[cell(1)] == 200.0
    assert formulas.run({cell(3): 4})[cell(1)] == 10.0


def test_a_circle_is_named_with_its_path():
    formulas = program({cell(1): "A2+1", cell(2): "A3", cell(3): "A1", cell(4): 'A1&""', cell(5): "7"})
    (fault,) = formulas.faults
    assert fault.kind == "cycle"
    assert "附件1!A1 → 附件1!A2 → 附件1!A3 → 附件1!A1" in fault.message
    assert formulas.run({}) == {cell(row): ExcelError.REF for row in range(1, 5)} | {cell(5): 7.0}


def test_asking_for_the_own_row_is_no_circle():
    assert program({cell(5): "ROW(A5)+ROWS(A1:A9)"}).faults == ()


@pytest.mark.parametrize(
    ("formula", "kind"),
    [("1+", "syntax"), ("NOSUCH(1)", "function"), ("LEN()", "arguments"), ("没有", "name"), ("附件9!A1", "sheet")],
)
def test_faults_are_listed_and_the_cell_is_an_error(formula: str, kind: str):
    formulas = program({cell(1): formula, cell(2): "1"})
    assert [(fault.address, fault.kind) for fault in formulas.faults] == [(cell(1), kind)]
    assert isinstance(formulas.run({})[cell(1)], ExcelError)


def test_precedents_and_dependents():
    formulas = program({cell(1): "SUM(B1:B2)/C1", cell(2): "A1*2"})
    assert formulas.precedents(cell(1)) == (cell(1, 2), cell(2, 2), cell(1, 3))
    assert formulas.dependents(cell(2, 2)) == (cell(1),)
    assert formulas.dependents(cell(1)) == (cell(2),)


def test_an_explanation_is_the_chain_with_values():
    formulas = program({cell(1): "ROUND(A2/B1,4)", cell(2): "B2+B3"})
    steps = formulas.explain(cell(1), {cell(1, 2): 200, cell(2, 2): 100, cell(3, 2): 87})
    assert [(step.depth, step.address, step.formula, step.value) for step in steps] == [
        (0, cell(1), "ROUND(A2/B1,4)", 0.935),
        (1, cell(2), "B2+B3", 187.0),
        (2, cell(2, 2), None, 100.0),
        (2, cell(3, 2), None, 87.0),
        (1, cell(1, 2), None, 200.0),
    ]


@pytest.mark.parametrize("step", [-1, 1])
def test_a_chain_of_many_cells_in_either_direction(step: int):
    rows = range(2, 20_000)
    result = program({cell(row): f"A{row + step}+1" for row in rows}).run({})
    assert result[cell(rows[0] if step > 0 else rows[-1])] == len(rows)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("+".join(["1"] * 4000), 4000.0),
        ("SUM(Sheet1!A1:XFD1048576)", 3.0),
        ("COUNTBLANK(Sheet1!A1:XFD1048576)", 2.0**34 - 2),
        ("SUMPRODUCT((A:A=1)*B:B)", 2.0),
        ('LEN(REPT("长",99999))', ExcelError.VALUE),
        ("SUM(Sheet1!A1:XFD1048576*2)", ExcelError.VALUE),
        ("SUMPRODUCT(Sheet1!A1:XFD1048576&1)", ExcelError.NUM),
    ],
)
def test_large_formulas_end_in_a_value_at_once(formula: str, expected: object):
    started = time.monotonic()
    assert evaluate(formula, {"A1": 1, "B1": 2, "Sheet2!A1": 1, "Sheet2!B1": 2}, at="Sheet2!Z99") == expected
    assert time.monotonic() - started < 3


def test_texts_that_double_end_in_an_error():
    formulas = {cell(row): f"A{row - 1}&A{row - 1}" for row in range(2, 60)}
    assert program(formulas).run({cell(1): "字"})[cell(59)] is ExcelError.VALUE


def test_a_given_value_cuts_a_circle():
    formulas = program({cell(1): "A2+1", cell(2): "A3+1", cell(3): "A1+1", cell(4): "A4"})
    assert formulas.run({cell(2): 10}) == {cell(1): 11.0, cell(2): 10.0, cell(3): 12.0, cell(4): ExcelError.REF}


def test_references_made_while_running_wait_for_what_they_point_to():
    formulas = program({cell(1): 'INDIRECT("A2")+1', cell(2): "OFFSET(A1,2,0)+1", cell(3): "B1*2"})
    assert formulas.run({cell(1, 2): 5}) == {cell(1): 12.0, cell(2): 11.0, cell(3): 10.0}


def test_a_circle_through_a_reference_made_while_running_is_an_error():
    assert program({cell(1): 'INDIRECT("A2")', cell(2): "A1+1"}).run({})[cell(2)] is ExcelError.REF


def test_values_far_out_count_in_whole_columns():
    far = {cell(900_000, 1): 4.0, cell(7, 9000): 5.0, cell(1, 1): 1.0}
    assert program({cell(1, 2): "SUM(A:A)", cell(2, 2): "SUM(7:7)"}).run(far) == {cell(1, 2): 5.0, cell(2, 2): 5.0}


def test_formulas_far_out_are_computed():
    formulas = program({cell(1_048_576, 16_384): "A1+1", cell(1): "2", cell(3): "XFD1048576*2"})
    assert formulas.run({})[cell(3)] == 6.0


def test_an_array_formula_fills_its_cells():
    place = cell(1, 3)
    formulas = compile_formulas({cell(5): "C2+1", place: "A1:A2*10"}, sheets=["附件1"], arrays={place: (3, 1)})
    result = formulas.run({cell(1): 1, cell(2): 2})
    assert [result[cell(row, 3)] for row in (1, 2, 3)] == [10.0, 20.0, ExcelError.NA]
    assert result[cell(5)] == 21.0


def test_a_program_runs_again_without_memory_of_the_last_run():
    formulas = program({cell(1): "B1&B2", cell(2): "COUNTA(B:B)"})
    assert formulas.run({cell(1, 2): "甲", cell(2, 2): "乙", cell(99, 2): 1}) == {cell(1): "甲乙", cell(2): 3.0}
    assert formulas.run({cell(1, 2): "丙"}) == {cell(1): "丙", cell(2): 1.0}


def test_whole_numbers_and_decimals_are_taken_as_numbers():
    assert program({cell(1): "A2/A3"}).run({cell(2): Decimal("1.5"), cell(3): 3})[cell(1)] == 0.5
