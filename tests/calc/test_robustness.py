"""Whatever a formula says, it ends in a value: any function with any arguments, over cells of any kind."""

from __future__ import annotations

import datetime
import random
import time

import pytest

from xlsxeval.calc import ExcelError, compile_formulas, functions, parse
from xlsxeval.model import Address

ARGUMENTS = (
    "0", "1", "-1", "2.5", "1E+300", "-1E+300", "1E-300", "99999999999", '""', '"a"', '"12"', '"*?~"', '"2024-3-1"',
    "TRUE", "FALSE", "#N/A", "", "A1", "A2", "A3", "A4", "A5", "A1:A6", "A1:B6", "A:A", "1:2", "C1:C9", "A1:XFD1048576",
    "{1,2,3}", "{1;2}", '{"a",TRUE;#N/A,0}', "(A1,B2)", "A1:A3 A2:B2", "Sheet1:Sheet2!A1", "没有",
    "A1:A3*2", "A1:A6&\"x\"", "OFFSET(A1,1,0)", "INDIRECT(\"A1\")", "SEQUENCE(3)", "REPT(\"长\",30000)", "1/0",
)  # fmt: skip
CELLS = {(1, 1): 1.0, (2, 1): "文", (3, 1): True, (4, 1): ExcelError.DIV0, (5, 1): "", (6, 1): -2.5, (2, 2): 45000.0}


@pytest.mark.parametrize("entry", functions(), ids=lambda entry: entry.name)
def test_any_arguments_end_in_a_value(entry):
    dice = random.Random(entry.name)
    formulas = {}
    for row in range(20):
        count = dice.randint(entry.least, min(entry.most, max(entry.least, len(entry.parameters)) + 2))
        arguments = ",".join(dice.choice(ARGUMENTS) for _ in range(count))
        formulas[Address("Sheet2", 100 + row, 30)] = f"{entry.name}({arguments})"
    started = time.monotonic()
    program = compile_formulas(formulas, sheets=["Sheet1", "Sheet2"])
    values = {Address("Sheet2", *place): value for place, value in CELLS.items()}
    results = program.run(values, now=datetime.datetime(2024, 3, 1))
    assert {type(value) for value in results.values()} <= {float, str, bool, ExcelError}
    assert time.monotonic() - started < 20


def test_a_workbook_of_broken_formulas_ends_with_a_full_list():
    texts = ["SUM(", "1+", "A1，B1", "表[x]", ")"]
    formulas = {Address("附件1", row, 1): texts[row % len(texts)] for row in range(1, 5001)}
    program = compile_formulas(formulas, sheets=["附件1"])
    assert len(program.faults) == 5000
    assert set(program.run({}).values()) == {ExcelError.NAME}


def test_running_totals_over_thousands_of_rows_take_seconds_at_most():
    formulas = {Address("附件1", row, 2): f"SUM(A$1:A{row})" for row in range(1, 3001)}
    started = time.monotonic()
    result = compile_formulas(formulas, sheets=["附件1"]).run({Address("附件1", row, 1): 1 for row in range(1, 3001)})
    assert result[Address("附件1", 3000, 2)] == 3000.0
    assert time.monotonic() - started < 10


def test_names_that_double_end_in_an_error():
    names = {f"名{depth}": f"名{depth + 1}+名{depth + 1}" for depth in range(60)} | {"名60": "1"}
    place = Address("附件1", 1, 1)
    started = time.monotonic()
    assert isinstance(compile_formulas({place: "名0"}, sheets=["附件1"], names=names).run({})[place], ExcelError)
    assert time.monotonic() - started < 5


def test_wildcards_that_would_go_back_and_forth_are_quick():
    place = Address("附件1", 1, 1)
    formula = parse(f'COUNTIF(B1,"{"*a" * 100}b")+ISNUMBER(SEARCH("{"a*" * 100}b",B1))')
    started = time.monotonic()
    run = compile_formulas({place: formula}, sheets=["附件1"]).run({Address("附件1", 1, 2): "a" * 30000})
    assert run[place] == 0.0
    assert time.monotonic() - started < 5


def test_names_inside_names_inside_names_are_no_crash():
    names = {f"名{depth}": "IF(1," * 60 + f"名{depth + 1}" + ",0)" * 60 for depth in range(14)} | {"名14": "1"}
    place = Address("附件1", 1, 1)
    program = compile_formulas({place: "名0"}, sheets=["附件1"], names=names)
    assert program.run({})[place] is ExcelError.NAME
    assert [fault.kind for fault in program.faults] == ["name"]


def test_an_array_formula_for_a_whole_worksheet_ends():
    place = Address("附件1", 1, 1)
    started = time.monotonic()
    program = compile_formulas({place: "1"}, sheets=["附件1"], arrays={place: (1_048_576, 16_384)})
    assert program.run({}) == {place: 1.0}
    assert time.monotonic() - started < 5
