"""The function table: what it says of itself, and the page made from it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from xlsxeval.calc import functions, is_function
from xlsxeval.calc.functions import FAMILIES

ROOT = Path(__file__).parent.parent.parent

NAMED = """
SUM SUMIF SUMIFS SUMPRODUCT COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS AVERAGE AVERAGEIF AVERAGEIFS MAX MIN MAXIFS MINIFS
LARGE SMALL RANK MEDIAN ROUND ROUNDUP ROUNDDOWN MROUND INT TRUNC MOD ABS SIGN POWER SQRT CEILING FLOOR CEILING.MATH
FLOOR.MATH IF IFS IFERROR IFNA AND OR NOT XOR SWITCH CHOOSE VLOOKUP HLOOKUP XLOOKUP LOOKUP INDEX MATCH XMATCH OFFSET
INDIRECT ROW ROWS COLUMN COLUMNS ADDRESS TEXT VALUE NUMBERVALUE FIXED LEFT MID RIGHT LEN LENB FIND SEARCH SUBSTITUTE
REPLACE REPT TRIM CLEAN UPPER LOWER PROPER EXACT CONCAT CONCATENATE TEXTJOIN T N CHAR CODE UNICHAR UNICODE ISNUMBER
ISTEXT ISBLANK ISERROR ISERR ISNA ISLOGICAL ISFORMULA TYPE ERROR.TYPE NA DATE DATEVALUE YEAR MONTH DAY TODAY NOW EDATE
EOMONTH DATEDIF WEEKDAY NETWORKDAYS TIME HOUR MINUTE FILTER SORT UNIQUE SEQUENCE HYPERLINK
"""
"""The functions of an ordinary budget workbook."""


@pytest.mark.parametrize("name", NAMED.split())
def test_the_functions_of_a_budget_workbook_are_there(name: str):
    assert is_function(name)
    assert is_function(name.lower())


def test_there_are_many_and_each_says_what_it_does():
    entries = functions()
    assert len(entries) >= 150
    assert [entry.name for entry in entries if not re.fullmatch(r"[A-Z0-9].*[.!]", entry.summary)] == []
    assert {entry.family for entry in entries} == set(FAMILIES)


def test_an_unknown_function_is_none():
    assert not is_function("NOSUCHFUNCTION")
    assert not is_function("")


def test_the_page_says_what_the_table_says():
    tool = runpy.run_path(str(ROOT / "tools" / "functions_doc.py"))
    assert (ROOT / "docs" / "internals" / "functions.md").read_text("utf-8") == tool["page"]()
