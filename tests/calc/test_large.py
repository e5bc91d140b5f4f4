"""Large ranges: answers from an index are those of a search cell by cell, circles are found through whole columns."""

from __future__ import annotations

import pytest

from xlsxeval.calc import ExcelError, compile_formulas, parse, shift, to_formula
from xlsxeval.calc.relative_texts import RelativeTexts
from xlsxeval.model import Address

LINES = 400
"""More than the cells from which on a range is read once (``storage.LARGE_AREA``)."""


def at(row: int, column: int) -> Address:
    return Address("表", row, column)


def values() -> dict[Address, object]:
    cells: dict[Address, object] = {}
    for row in range(1, LINES + 1):
        cells[at(row, 1)] = ["甲", "乙", "Abc", "aBC", "7", 7.0, True, None, ExcelError.NA][row % 9]
        cells[at(row, 2)] = row / 4
    return cells


@pytest.mark.parametrize(
    "formula",
    [
        'COUNTIF({r},"甲")', 'COUNTIF({r},"abc")', "COUNTIF({r},7)", 'COUNTIF({r},"=7")', "COUNTIF({r},TRUE)",
        'COUNTIF({r},"<>7")', 'COUNTIF({r},"")', 'COUNTIF({r},"没有")', 'COUNTIF({n},">50")', 'COUNTIF({n},"<=0.25")',
        'COUNTIF({n},"<"&0.1+0.2)', 'SUMIF({r},"乙",{n})', "SUMIF({r},7,{n})", 'SUMIFS({n},{r},"甲",{n},">10")',
        'AVERAGEIFS({n},{n},">10",{r},"abc")', 'MAXIFS({n},{r},"甲")', "MATCH(7,{r},0)", 'MATCH("ABC",{r},0)',
        "MATCH(33,{n})", "MATCH(0.1,{n})", "VLOOKUP(12.25,B:B,1,FALSE)", "XLOOKUP(TRUE,{r},{n})",
        'XLOOKUP("甲",{r},{n},,0,-1)', "XMATCH(50.1,{n},-1)", "RANK(50,{n})", "RANK(50,{n},1)", "LARGE({n},3)",
        "MEDIAN({n})", "PERCENTILE({n},0.3)", "SUM({n})", "COUNTA({n})", "AVERAGE({n})", "LOOKUP(9E+307,{n})",
    ],
)  # fmt: skip
def test_an_index_answers_as_a_search_does(formula: str):
    names = {"r": f"A1:A{LINES}", "n": f"B1:B{LINES}"}
    given = values()
    program = compile_formulas({at(1, 5): formula.format(**names), at(2, 5): formula.format(**names)}, sheets=["表"])
    first = program.run(given)
    assert first[at(1, 5)] == first[at(2, 5)]
    assert program.each(given)[at(1, 5)] == first[at(1, 5)]  # where nothing is remembered


def test_formulas_that_read_each_other_through_a_column_are_a_circle():
    formulas = {at(row, 3): f"SUM(D:D)+{row}" for row in range(1, LINES)} | {at(7, 4): "C9*2"}
    program = compile_formulas(formulas, sheets=["表"])
    assert [fault.kind for fault in program.faults] == ["cycle"]
    assert "C9" in program.faults[0].message
    assert program.run({})[at(7, 4)] is ExcelError.REF


def test_a_chain_through_columns_is_computed_in_its_order():
    formulas = {at(row, 3): f"B{row}*2" for row in range(1, LINES + 1)} | {at(1, 6): "SUM(C:C)", at(1, 5): "F1/2"}
    result = compile_formulas(formulas, sheets=["表"]).run({at(row, 2): 1.0 for row in range(1, LINES + 1)})
    assert (result[at(1, 6)], result[at(1, 5)]) == (2.0 * LINES, float(LINES))


@pytest.mark.parametrize(
    "formula",
    [
        "B2*C$3+$D4", 'IF(B2="A1",SUM(A:A),\'A 1\'!B2)', "SUM(A$5:A1)", "SUM(1:1)+B2", "LOG10(B2)+TAX2024+ZZZZ1", "(B2+1)",
        '"B2"&B2', "SUM(A1:B2 B2:C3)", "Sheet1!B2+'一月'!$B2", "1E5+B2", "表1[B2]+B2", "XFD1048576+A1",
    ],
)  # fmt: skip
def test_a_formula_read_as_one_seen_before_is_the_formula_itself(formula: str):
    texts = RelativeTexts()
    texts.read(at(3, 3), formula)
    moved = to_formula(shift(parse(formula), 4, 2))
    assert texts.read(at(7, 5), moved)[0] == parse(moved)


def test_whole_columns_stay_where_they_are():
    program = compile_formulas({at(1, 5): "SUM(A:A)", at(1, 6): "SUM(A:A)", at(2, 5): "SUM(A:A)"}, sheets=["表"])
    assert set(program.run({at(9, 1): 4.0}).values()) == {4.0}
