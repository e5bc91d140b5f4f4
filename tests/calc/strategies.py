"""Formulas made by hypothesis: trees of every kind for the printer, and computable ones for a second opinion."""

from __future__ import annotations

from hypothesis import strategies as st

from xlsxeval.calc import (
    AreaRef,
    Array,
    Binary,
    Boolean,
    Call,
    CellRef,
    ErrorLiteral,
    ExcelError,
    MissingArgument,
    Name,
    Node,
    Number,
    Percent,
    SheetSpan,
    Text,
    Unary,
    Union,
)
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS

# trees of every kind

_SHEETS = st.sampled_from(["附件1", "附件3-2", "Sheet1", "A1", "2024年", "It's", "a b", "basic", "TRUE"])
_NAMES = st.sampled_from(["staff.rate", "预算数", "indicators.score", "_x", "funds.initial", "项目.金额2"])
_ROWS = st.integers(1, 60) | st.integers(1, MAX_ROWS)
_COLUMNS = st.integers(1, 30) | st.integers(1, MAX_COLUMNS)
_NUMBERS = st.floats(0, 1e15, allow_nan=False) | st.integers(0, 10**6).map(float)
_CELLS = st.builds(CellRef, st.none() | _SHEETS, _ROWS, _COLUMNS, st.booleans(), st.booleans())


@st.composite
def _areas(draw: st.DrawFn, sheets: st.SearchStrategy[str | None]) -> AreaRef:
    rows, columns = sorted([draw(_ROWS), draw(_ROWS)]), sorted([draw(_COLUMNS), draw(_COLUMNS)])
    flags = [draw(st.booleans()) for _ in range(4)]
    if rows == [1, MAX_ROWS]:
        flags[0] = flags[2] = False
    if columns == [1, MAX_COLUMNS]:
        flags[1] = flags[3] = False
    if rows[0] == rows[1]:
        flags[0], flags[2] = sorted([flags[0], flags[2]])
    if columns[0] == columns[1]:
        flags[1], flags[3] = sorted([flags[1], flags[3]])
    return AreaRef(draw(sheets), rows[0], columns[0], rows[1], columns[1], *flags)


_AREAS = _areas(st.none() | _SHEETS)
_SPANS = st.builds(SheetSpan, _SHEETS, _SHEETS, _areas(st.none()))
_CONSTANTS: st.SearchStrategy[Node] = st.one_of(
    st.builds(Number, _NUMBERS),
    st.builds(Text, st.text(max_size=8)),
    st.builds(Boolean, st.booleans()),
    st.builds(ErrorLiteral, st.sampled_from(list(ExcelError))),
)
_LEAVES: st.SearchStrategy[Node] = st.one_of(
    _CONSTANTS, _CELLS, _AREAS, _SPANS, st.builds(Name, _NAMES, st.none() | _SHEETS)
)
_ARRAYS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_CONSTANTS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=3)
).map(lambda rows: Array(tuple(rows)))  # fmt: skip


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    operators = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">="])
    references = _CELLS | _AREAS
    several = st.lists(inner | st.just(MissingArgument()), max_size=4).filter(lambda args: args != [MissingArgument()])
    return st.one_of(
        st.builds(Binary, operators, inner, inner),
        st.builds(Unary, st.sampled_from(["-", "+", "@"]), inner),
        st.builds(Percent, inner),
        st.builds(Call, st.sampled_from(["SUM", "IF", "T.TEST", "LOG10"]), several.map(tuple)),
        st.builds(Union, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Binary, st.just(" "), references, references),
        st.builds(Binary, st.just(":"), _CELLS, st.builds(Call, st.just("INDEX"), st.tuples(_AREAS, inner))),
    )


trees: st.SearchStrategy[Node] = st.recursive(_LEAVES | _ARRAYS, _branches, max_leaves=25)
"""Trees as the parser could give them."""

# formulas over the cells of DATA, of kinds where Excel and LibreOffice are known to agree

DATA = {
    "A": [12.5, 0.1, 0.2, 0.3, 100.0, -7.25, 0.0, 3.0, 3.0, 1234.567],
    "B": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
    "C": ["财政局", "教育局", "Abc", "abd", "x y", "卫生局", "交通局", "abc", "局", "Zz"],
    "D": [5.0, "12a", None, 0.5, "文", None, 2.5, -1.5, "b", 4.0],
}
"""A column of amounts, one of numbers in order, one of texts, one of all kinds."""

_amounts = st.sampled_from([f"Data!A{row}" for row in range(1, 11)] + [f"Data!B{row}" for row in range(1, 11)])
_texts = st.sampled_from([f"Data!C{row}" for row in range(1, 11)] + ['"局"', '"ab"', '"中文 x"', '""'])
_literals = st.sampled_from(["0", "1", "2", "3", "0.5", "1.005", "2.675", "10", "100", "0.0001", "-1.5", "12%"])
_ranges = st.sampled_from(["Data!A1:A10", "Data!B1:B10", "Data!A2:B5", "Data!D1:D10", "Data!A1:D10", "Data!B3:B3"])
_columns = st.sampled_from(["Data!A1:A10", "Data!B1:B10"])
_digits = st.sampled_from(["0", "1", "2", "4", "-1"])
_criteria = st.sampled_from(['">2"', '"<=3"', '"<>3"', "3", '"*局"', '"ab?"', '"=abc"', '"<0"'])
_formats = st.sampled_from(['"0.00"', '"0.00%"', '"#,##0.00"', '"#,##0"', '"0"', '"0000"', '"0.0分"'])


def _calls(name: str, *arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*arguments).map(lambda args: f"{name}({','.join(args)})")


def _numbers(number: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    text = st.recursive(_texts, lambda inner: _text(inner, number), max_leaves=3)
    condition = _conditions(number, text)
    return st.one_of(
        st.tuples(number, st.sampled_from("+-*/"), number).map(lambda parts: f"({''.join(parts)})"),
        number.map(lambda inner: f"-{inner}"),
        number.map(lambda inner: f"({inner})%"),
        *(_calls(name, number, _digits) for name in ("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC")),
        *(_calls(name, number) for name in ("ABS", "SIGN", "INT", "N")),
        *(_calls(name, _ranges) for name in ("SUM", "AVERAGE", "MAX", "MIN", "COUNT", "COUNTA", "PRODUCT", "MEDIAN")),
        *(_calls(name, _ranges, number) for name in ("SUM", "MAX", "MIN")),
        _calls("COUNTBLANK", _ranges),
        _calls("COUNTIF", st.sampled_from(["Data!A1:A10", "Data!C1:C10"]), _criteria),
        _calls("SUMIF", st.sampled_from(["Data!A1:A10", "Data!C1:C10"]), _criteria, _columns),
        _calls("SUMPRODUCT", _columns, _columns),
        _calls("SUMPRODUCT", _columns.map(lambda area: f"({area}>2)*{area}")),
        _calls("IF", condition, number, number),
        _calls("IFERROR", number, number),
        _calls("INDEX", st.just("Data!A1:B10"), st.sampled_from(["1", "5", "10", "11"]), st.sampled_from(["1", "2"])),
        _calls("MATCH", number, st.just("Data!B1:B10"), st.sampled_from(["0", "1"])),
        _calls("VLOOKUP", number, st.just("Data!B1:C10"), st.just("1"), st.sampled_from(["TRUE", "FALSE"])),
        _calls("LARGE", _columns, st.sampled_from(["1", "3", "11"])),
        _calls("SMALL", _columns, st.sampled_from(["1", "10"])),
        _calls("RANK", st.sampled_from(["Data!A1", "Data!A8"]), st.just("Data!A1:A10")),
        _calls("MOD", number, st.sampled_from(["3", "-3", "0.5"])),
        _calls("CHOOSE", st.sampled_from(["1", "2", "3"]), number, number),
        _calls("LEN", text),
        _calls("FIND", st.sampled_from(['"局"', '"b"', '"x"']), text),
        _calls("SEARCH", st.sampled_from(['"局"', '"B"', '"a?"']), text),
    )


def _text(inner: st.SearchStrategy[str], number: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]}&{parts[1]})"),
        *(_calls(name, inner, st.sampled_from(["0", "1", "2", "9"])) for name in ("LEFT", "RIGHT", "REPT")),
        _calls("MID", inner, st.sampled_from(["1", "2"]), st.sampled_from(["0", "1", "3"])),
        *(_calls(name, inner) for name in ("TRIM", "UPPER", "LOWER", "T")),
        _calls("SUBSTITUTE", inner, st.sampled_from(['"局"', '"b"']), st.sampled_from(['""', '"厅"'])),
        _calls("REPLACE", inner, st.just("1"), st.just("1"), st.just('"*"')),
        _calls("TEXT", number, _formats),
        _calls("IF", _conditions(number, inner), inner, inner),
    )


def _conditions(number: st.SearchStrategy[str], text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comparison = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    return st.one_of(
        st.tuples(number, comparison, number).map("".join),
        st.tuples(text, st.sampled_from(["=", "<>"]), text).map("".join),
        _calls("ISNUMBER", number),
        _calls("ISERROR", number),
        _calls("EXACT", text, text),
    )


computable: st.SearchStrategy[str] = st.recursive(_amounts | _literals, _numbers, max_leaves=6)
"""Formulas over DATA that give a number, seldom an error."""
