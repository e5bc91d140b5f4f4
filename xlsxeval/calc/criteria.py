"""Conditions written as values: ``">=60"``, ``"*局"``, ``"<>"``, 5. Used by COUNTIF and its like, MATCH, SEARCH.

Source: Microsoft, "COUNTIF function" and "Using wildcard characters in searches".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from xlsxeval.calc.numbers import same_number
from xlsxeval.calc.text_values import text_to_number
from xlsxeval.calc.values import ExcelError, Scalar

Test = Callable[[Scalar], bool]

_COMPARISON: Final = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_ERRORS: Final = {error.value: error for error in ExcelError}


def has_wildcards(text: str) -> bool:
    """Whether a text holds ``*``, ``?`` or ``~``."""
    return any(character in text for character in "*?~")


@lru_cache(maxsize=1024)
def wildcard_pattern(text: str) -> re.Pattern[str]:
    """A text as a pattern: ``?`` is one character of any script, ``*`` any number; ``~`` takes the next as it is."""
    pieces: list[str] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character == "~":  # the next one as it is; at the end it is nothing
            position += 1
            pieces.append(re.escape(text[position : position + 1]))
        elif character == "*":
            if not pieces or pieces[-1] != ".*":
                pieces.append(".*")
        else:
            pieces.append("." if character == "?" else re.escape(character))
        position += 1
    return re.compile("".join(pieces), re.IGNORECASE | re.DOTALL)


def text_test(text: str) -> Callable[[str], bool]:
    """A test for texts equal to one with wildcards, without regard to case."""
    if not has_wildcards(text):
        folded = text.casefold()
        return lambda value: value.casefold() == folded
    if text.count("*") > 1:
        return _Pieces(text)
    match = wildcard_pattern(text).fullmatch
    return lambda value: match(value) is not None


class _Pieces:
    """Several ``*``: the pieces between them are looked for one after another, which no text can make slow."""

    def __init__(self, text: str) -> None:
        parts = [wildcard_pattern(part) for part in re.split(r"(?<!~)\*+", text)]
        self.first, self.middle, self.last = parts[0], parts[1:-1], parts[-1]
        self.ending = re.compile(f"(?:{self.last.pattern})\\Z", re.IGNORECASE | re.DOTALL)

    def __call__(self, value: str) -> bool:
        found = self.first.match(value)
        for pattern in self.middle:
            found = pattern.search(value, found.end()) if found else None
        return found is not None and self.ending.search(value, found.end()) is not None


def wanted_value(condition: Scalar) -> Scalar:
    """The value that a criterion of equality looks for (numbers also as texts); None for any other criterion."""
    if isinstance(condition, float | bool):
        return condition
    if not isinstance(condition, str):
        return None
    match = _COMPARISON.fullmatch(condition)
    operator, operand = (match[1], match[2]) if match else (None, condition)
    if operator not in (None, "=") or operand == "" or operand.upper() in _ERRORS or has_wildcards(operand):
        return None
    if operand.upper() in ("TRUE", "FALSE"):
        return operand.upper() == "TRUE"
    number = text_to_number(operand)
    return operand if number is None else number


def wanted_bound(condition: Scalar) -> tuple[str, float] | None:
    """The comparison and the number of a criterion such as ``">5"``; None for any other criterion."""
    match = _COMPARISON.fullmatch(condition) if isinstance(condition, str) else None
    if match is None or match[1] not in ("<", "<=", ">", ">="):
        return None
    number = text_to_number(match[2])
    return None if number is None else (match[1], number)


def criterion(value: Scalar) -> Test:
    """The test that a criterion stands for; a blank is 0."""
    if value is None:
        value = 0.0
    if isinstance(value, str):
        return _text_criterion(value)
    if isinstance(value, bool):
        return lambda cell: cell is value
    if isinstance(value, ExcelError):
        return lambda cell: cell is value
    return _number_test("=", value)


@lru_cache(maxsize=1024)
def _text_criterion(text: str) -> Test:
    match = _COMPARISON.fullmatch(text)
    operator, operand = (match[1], match[2]) if match else (None, text)
    upper = operand.upper()
    if upper in _ERRORS:
        error = _ERRORS[upper]
        return (lambda cell: cell is not error) if operator == "<>" else (lambda cell: cell is error)
    if upper in ("TRUE", "FALSE"):
        return _logical_test(operator or "=", upper == "TRUE")
    number = text_to_number(operand)
    if number is not None:
        return _number_test(operator or "=", number)
    if operand == "":
        return _empty_test(operator)
    return _word_test(operator or "=", operand)


def _empty_test(operator: str | None) -> Test:
    """``"="`` finds blank cells, ``"<>"`` all others, ``""`` blank cells and empty texts."""
    if operator == "=":
        return lambda cell: cell is None
    if operator == "<>":
        return lambda cell: cell is not None
    if operator is None:
        return lambda cell: cell is None or cell == ""
    return lambda cell: False


def _logical_test(operator: str, wanted: bool) -> Test:
    if operator == "<>":
        return lambda cell: cell is not wanted
    compare = _ORDER[operator]
    return lambda cell: isinstance(cell, bool) and compare(float(cell), float(wanted))


def _number_test(operator: str, wanted: float) -> Test:
    """Compares numbers. With ``=`` a text that reads as the number is the number too; with ``<>`` it is another."""
    if operator in ("=", "<>"):
        expected = operator == "="

        def same(cell: Scalar) -> bool:
            if type(cell) is float:
                return same_number(cell, wanted) is expected
            if type(cell) is str and expected:
                number = text_to_number(cell)
                return number is not None and same_number(number, wanted)
            return not expected

        return same
    compare = _ORDER[operator]
    return lambda cell: type(cell) is float and compare(cell, wanted)


def _word_test(operator: str, wanted: str) -> Test:
    if operator in ("=", "<>"):
        matches, expected = text_test(wanted), operator == "="
        return lambda cell: (isinstance(cell, str) and matches(cell)) is expected
    folded = wanted.casefold()
    compare = _ORDER[operator]
    return lambda cell: isinstance(cell, str) and compare(_rank(cell.casefold(), folded), 0)


def _rank(a: str, b: str) -> float:
    return (a > b) - (a < b)


_ORDER: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b and not same_number(a, b),
    "<=": lambda a, b: a <= b or same_number(a, b),
    ">": lambda a, b: a > b and not same_number(a, b),
    ">=": lambda a, b: a >= b or same_number(a, b),
}
