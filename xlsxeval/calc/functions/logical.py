"""AND, OR, NOT, and the entries of the functions that choose (their work is done in ``control``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.calc.coercion import to_logical
from xlsxeval.calc.functions.arguments import Item, require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import CellError, ExcelError, Grid, Scalar


def _logicals(items: Sequence[Item]) -> Iterator[bool]:
    """The logical values among arguments. Texts and blanks in cells do not count, nor do empty texts and numbers as text;
    another text given as an argument is ``#VALUE!``, unless there is an error behind it."""
    wrong = False
    for item in items:
        if isinstance(item, Grid):
            for value in item.values():
                if isinstance(value, ExcelError):
                    raise CellError(value)
                if isinstance(value, bool | float):
                    yield bool(value)
        elif not isinstance(item, str) or item.upper() in ("TRUE", "FALSE"):
            yield to_logical(item)
        elif item and text_to_number(item) is None:
            wrong = True
    require(not wrong)


def _all_logicals(items: Sequence[Item]) -> list[bool]:
    values = list(_logicals(items))
    require(bool(values))
    return values


@function("AND({logical:values}...)")
def and_(*items: Item) -> bool:
    """TRUE when all conditions are."""
    return all(_all_logicals(items))


@function("OR({logical:values}...)")
def or_(*items: Item) -> bool:
    """TRUE when at least one condition is."""
    return any(_all_logicals(items))


@function("XOR({logical:values}...)")
def xor(*items: Item) -> bool:
    """TRUE when an odd number of conditions is."""
    return sum(_all_logicals(items)) % 2 == 1


@function("NOT(logical:logical)")
def not_(logical: bool) -> bool:
    """The opposite."""
    return not logical


@function("TRUE()")
def true() -> bool:
    """The value TRUE."""
    return True


@function("FALSE()")
def false() -> bool:
    """The value FALSE."""
    return False


def _compiled(*_: Scalar) -> Scalar:
    """The body of an entry whose call is compiled by ``control``."""
    raise CellError(ExcelError.VALUE)


def _entry(signature: str, summary: str) -> None:
    def body(*values: Scalar) -> Scalar:
        return _compiled(*values)

    body.__doc__ = summary
    function(signature)(body)


_entry("IF(test:any, then:any, [otherwise:any])", "One of two values by a condition; the other is not computed.")
_entry("IFS({test:any, value:any}...)", "The value of the first condition that is TRUE; #N/A if none is.")
_entry("IFERROR(value:any, instead:any)", "A value, or another instead of an error.")
_entry("IFNA(value:any, instead:any)", "A value, or another instead of #N/A.")
_entry("CHOOSE(index:any, {value:any}...)", "One of several values by its number.")
_entry(
    "SWITCH(subject:any, case:any, result:any, {[next:any]}...)",
    "The result of the first case that equals the subject.",
)
_entry("ISREF(value:reference)", "Whether an argument is a reference.")
_entry(
    "LET({part:any}...)",
    "A value computed with names for parts of it: names and values in turn, then what is computed.",
)
_entry("LAMBDA({part:any}...)", "A function of one's own: parameters, then what is computed from them.")
_entry("MAP({part:any}...)", "An array made of arrays cell by cell, by a LAMBDA.")
_entry("BYROW(array:any, lambda:any)", "One value for each row, by a LAMBDA.")
_entry("BYCOL(array:any, lambda:any)", "One value for each column, by a LAMBDA.")
_entry("MAKEARRAY(rows:any, columns:any, lambda:any)", "An array made of row and column numbers, by a LAMBDA.")
_entry(
    "REDUCE(initial_value:any, array:any, [lambda:any])",
    "One value from all cells of an array, step by step, by a LAMBDA.",
)
_entry(
    "SCAN(initial_value:any, array:any, [lambda:any])", "All steps on the way to one value from an array, by a LAMBDA."
)
_entry("ISOMITTED(argument:any)", "Whether a call left out a parameter of a LAMBDA.")
