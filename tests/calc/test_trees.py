"""Formulas as trees: reading, printing, moving, comparing, and saying what is wrong with a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.calc.harness import evaluate
from tests.calc.strategies import trees
from xlsxeval.calc import (
    AreaRef,
    Call,
    CellRef,
    FormulaSyntaxError,
    MissingArgument,
    Name,
    Node,
    Number,
    parse,
    same_formula,
    shift,
    to_formula,
    transform,
    walk,
)


@settings(max_examples=400, deadline=None)
@given(trees)
def test_what_is_printed_reads_back_the_same(tree: Node):
    assert parse(to_formula(tree)) == tree


@settings(max_examples=100, deadline=None)
@given(trees)
def test_a_tree_is_the_same_formula_as_itself_and_moves_there_and_back(tree: Node):
    assert same_formula(tree, parse(f"= {to_formula(tree)} "))
    assert shift(shift(tree, 7, 3), -7, -3) == shift(tree, 0, 0)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("= sum( A1 : B2 , 3 )", "SUM(A1:B2,3)"),
        ("((A1+1))*2", "(A1+1)*2"),
        ("(A1*1)+2", "A1*1+2"),
        ("_xlfn.XLOOKUP(1,A:A,B:B)", "XLOOKUP(1,A:A,B:B)"),
        ("_xlfn._xlws.SORT(A1:A3)", "SORT(A1:A3)"),
        ("'Sheet1'!A1", "Sheet1!A1"),
        ("'附件1'!A1", "附件1!A1"),
        ("'附件3-2'!$A$1", "'附件3-2'!$A$1"),
        ("'A1'!B2", "'A1'!B2"),
        ("B2:A1", "A1:B2"),
        ("A1:A1048576", "A:A"),
        ("SUM((A1,B2))", "SUM((A1,B2))"),
        ("-2^2", "-2^2"),
        ("-(2^2)", "-(2^2)"),
        ("a-(b-c)", "a-(b-c)"),
        ("(a-b)-c", "a-b-c"),
        ("IF(A1,,)", "IF(A1,,)"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("1E+300", "1E+300"),
        ("true", "TRUE"),
        ('"a""b"', '"a""b"'),
    ],
)
def test_canonical_text(text: str, canonical: str):
    assert to_formula(parse(text)) == canonical


def test_field_names_are_names():
    tree = parse('IF(N(funds.budget)=0,"",ROUND(basic!staff.rate/项目.金额,4))')
    names = [node for node in walk(tree) if isinstance(node, Name)]
    assert names == [Name("funds.budget"), Name("staff.rate", "basic"), Name("项目.金额")]


def test_names_become_references_and_lists_of_arguments():
    def placed(node: Node) -> Node | None:
        return CellRef("附件1", 3, 2) if node == Name("weight") else None

    assert to_formula(transform(parse("SUM(weight)*weight"), placed)) == "SUM(附件1!B3)*附件1!B3"


def test_empty_arguments_are_kept():
    assert parse("F(,1,)") == Call("F", (MissingArgument(), Number(1), MissingArgument()))
    assert parse("F()") == Call("F", ())


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("SUM($A$1:A2)", "sum(a1:a$2)", True),
        ("A1+B1", "( A1 + (B1) )", True),
        ("'附件1'!A1", "附件1!a1", True),
        ("_xlfn.IFS(A1,1)", "IFS(A1,1)", True),
        ("A1", "A1+0", False),
        ("SUM(A1:A2)", "SUM(A1:A3)", False),
        ("A1-(B1-C1)", "A1-B1-C1", False),
        ("Sheet1!A1", "A1", False),
        ("1.0", "1", True),
        ('"a"', '"A"', False),
        ("VLOOKUP(A1,B:C,2,FALSE)", "VLOOKUP(A1,B:C,2,FALSE())", True),
        ("IF(A1,TRUE)", "IF(A1,FALSE())", False),
        ("A1*0.1234567890123456", "A1*0.123456789012346", True),
        ("A1*0.005", "A1*0.0050001", False),
    ],
)
def test_same_formula(a: str, b: str, same: bool):
    assert same_formula(parse(a), parse(b)) is same


@pytest.mark.parametrize(
    ("text", "shifted"),
    [
        ("A1+$B$2", "B3+$B$2"),
        ("SUM(A$1:$B2)", "SUM(B$1:$B4)"),
        ("A:A", "B:B"),
        ("1:1", "3:3"),
        ("Sheet1:Sheet2!A1", "Sheet1:Sheet2!B3"),
        ("XFD1", "A3"),
    ],
)
def test_shift(text: str, shifted: str):
    assert to_formula(shift(parse(text), 2, 1)) == shifted


@pytest.mark.parametrize(
    ("text", "position", "token"),
    [
        ("", 0, ""),
        ("=1+", 3, ""),
        ("SUM(A1;B1)", 6, ";"),
        ("SUM(A1", 3, "("),
        ("A1)", 2, ")"),
        ("1 2", 2, "2"),
        ("A1，B1", 2, "，"),
        ('"abc', 0, '"'),
        ("'附件1", 0, "'"),
        ("{1,2;3}", 0, "{"),
        ("{A1}", 1, "A1"),
        ("表1[列", 2, "["),
        ("3A", 0, "3"),
        ("2!A1", 1, "!"),
        ("1+A1:XFE1048577", 2, "A1:XFE1048577"),
        ("附件1!1", 4, "1"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, position: int, token: str):
    with pytest.raises(FormulaSyntaxError) as caught:
        parse(text)
    assert (caught.value.position, caught.value.token) == (position, token)


DEEP = "1=1&1+1*1^("


@pytest.mark.parametrize(
    "text", [DEEP * 70 + "1" + ")" * 70, "(" * 5000, "-" * 5000 + "1", "1" + "%" * 5000, "IF(" * 200 + "1" + ")" * 200]
)
def test_deep_nesting_is_a_mistake_not_a_crash(text: str):
    with pytest.raises(FormulaSyntaxError):
        parse(text)


def test_a_long_sum_is_no_deep_one():
    tree = parse("+".join(["A1"] * 2700))
    assert parse(to_formula(tree)) == tree
    assert isinstance(shift(tree, 1, 1), type(tree))
    assert same_formula(tree, shift(tree, 0, 0))
    assert sum(isinstance(node, CellRef | AreaRef) for node in walk(tree)) == 2700


def test_the_deepest_formula_allowed_is_printed_compared_and_computed():
    text = DEEP * 31 + "1" + ")" * 31
    tree = parse(text)
    assert parse(to_formula(tree)) == tree
    assert same_formula(tree, shift(tree, 1, 1))
    nested = "IF(1," * 78 + "7" + ",0)" * 78
    assert evaluate(nested) == 7.0
    assert evaluate(text) is False
