"""Where LibreOffice (7.4) is known to differ from Excel, and why; every disagreement in the tests must be here.

Errors of another kind are no disagreement: LibreOffice has more kinds (Err:502 …) than a workbook can store, and
writes them as ``#VALUE!``. Nor is ``#NAME?`` for a function that it does not have in this version.
"""

from __future__ import annotations

import re
from typing import Final

_REASONS: Final = {
    "logical values are numbers in LibreOffice (a format of 0 and 1), in cells and in arrays": (
        r"ISODD\(TRUE|&TRUE|TRUE&|TRUE>|TRUE=1|TYPE\(TRUE|TEXT\(TRUE|CONCATENATE\(TRUE|SUM\(A1:A4\)|COUNT\(A\d:A7"
        r"|SUMPRODUCT\(\(B1:B3>2\),B1:B3\)"
    ),
    "a text as an argument of SUM and MAX is not read as a number": r'(SUM|MAX)\("5"',
    "no argument at all is accepted": r"^SUM\(\)",
    "arrays of different length are cut to the shorter one": r"SUMPRODUCT\(B1:B3\*C2:C3\)|FILTER\(A1:A4,A1:A2",
    "a text that reads as a number is no number in criteria, and is one in MATCH and in COUNTIF with >": (
        r"COUNTIF\(A1:A12|MATCH\(\"25\""
    ),
    "ambiguous texts are read by other rules: 3- is -3, ¥ is not known, dates only by the locale": (
        r'VALUE\("(3-|¥)|2024年|DATEVALUE\("2011/|DAYS\("15-MAR'
    ),
    "the calendar begins on 1899-12-30 and 1900 is no leap year": (
        r'DATE\(1900,1,1\)|DAY\((0|60)\)|MONTH\(60\)|YEAR\(-1\)|TEXT\((60|1|-1),"yyyy|DATE\(108'
    ),
    "number formats of Chinese offices need a Chinese locale; General has no limit of width": (
        r'DBNum|G/通用格式|aaa|上午|0!\.0|"General"|,"e"\)'
    ),
    "empty texts and quantities of per cent: NUMBERVALUE refuses them": r"NUMBERVALUE",
    "0^0 is 1, odd roots of negative numbers are computed, ATAN2(0,0) is 0": r"0\^|\(-8\)\^|ATAN2\(0,0\)|POWER\(0",
    "exponents have three digits, and large numbers get one": r'1E\+2\d&""',
    "signs that do not agree are accepted; the mean of 0 is 0": r"MROUND\(5,-2|GEOMEAN\(0",
    "PERCENTRANK is rounded, not cut": r"PERCENTRANK",
    "an empty text is nowhere found, and a text has no first code": r'FIND\("",|CODE\(""',
    "texts may be longer than a cell of Excel": r'REPT\("ab",16384',
    "codes above 255 and the characters 0 and 10 by another code page": r'CHAR\((0|10|54992)\)|CODE\("中|UNICHAR\(0',
    "negative amounts have a sign, not parentheses": r"DOLLAR\(-",
    "COUNTA counts an error of an unknown function as one value": r"COUNTA\(UNIQUE",
    "the clock is read": r"TODAY|NOW",
}

_PATTERNS: Final = {reason: re.compile(pattern) for reason, pattern in _REASONS.items()}


def known_difference(formula: str) -> str | None:
    """Why LibreOffice may give another result for a formula; None when it must give the same."""
    return next((reason for reason, pattern in _PATTERNS.items() if pattern.search(formula)), None)
