"""Numbers to other bases, bits, and the error function."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from xlsxeval.calc.coercion import to_integer, to_number, to_text
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.values import CellError, ExcelError, Scalar

_BASES: Final = {"BIN": (2, 10), "OCT": (8, 30), "HEX": (16, 40), "DEC": (10, 0)}
"""The bases of numbers of ten digits, with the bits that those have; the first bit is the sign."""


def _read(value: Scalar, name: str) -> int:
    base, bits = _BASES[name]
    if name == "DEC":
        return to_integer(value)
    digits = to_text(value)
    require(len(digits) <= 10, ExcelError.NUM)
    try:
        number = int(digits or "0", base)
    except ValueError:
        raise CellError(ExcelError.NUM) from None
    require(number >= 0 and digits.isalnum() | (digits == ""), ExcelError.NUM)
    return number - (1 << bits) if number >= 1 << (bits - 1) else number


def _written(number: int, name: str, places: Scalar) -> str:
    base, bits = _BASES[name]
    require(-(1 << (bits - 1)) <= number < 1 << (bits - 1), ExcelError.NUM)
    text = {2: "{:b}", 8: "{:o}", 16: "{:X}"}[base].format(number if number >= 0 else number + (1 << bits))
    if places is None:
        return text
    width = to_integer(places)
    require(1 <= width <= 10 and (number < 0 or len(text) <= width), ExcelError.NUM)
    return text if number < 0 else text.zfill(width)


def _conversion(source: str, target: str) -> None:
    """Registers HEX2BIN and its like."""
    summary = f"A number of base {_BASES[source][0]} written to base {_BASES[target][0]}."
    if target == "DEC":

        def to_decimal(number: Scalar) -> float:
            return float(_read(number, source))

        to_decimal.__doc__ = summary
        function(f"{source}2DEC(number:plain)")(to_decimal)
        return

    def convert(number: Scalar, places: Scalar = None) -> str:
        return _written(_read(number, source), target, places)

    convert.__doc__ = summary
    function(f"{source}2{target}(number:plain, [places:plain])")(convert)


for _source in _BASES:
    for _target in _BASES:
        if _source != _target:
            _conversion(_source, _target)


def _bits(name: str, compute: Callable[[int, int], int], summary: str) -> None:
    def body(a: float, b: float) -> float:
        require(all(0 <= x < 2**48 and x == int(x) for x in (a, b)), ExcelError.NUM)
        return float(compute(int(a), int(b)))

    body.__doc__ = summary
    function(f"{name}(number1:number, number2:number)")(body)


_bits("BITAND", lambda a, b: a & b, "The bits that two numbers have in common.")
_bits("BITOR", lambda a, b: a | b, "The bits that either of two numbers has.")
_bits("BITXOR", lambda a, b: a ^ b, "The bits that one of two numbers has and the other has not.")


def _shifted(number: float, places: float) -> float:
    require(0 <= number < 2**48 and number == int(number) and abs(places) <= 53, ExcelError.NUM)
    shift = int(places)
    result = int(number) << shift if shift >= 0 else int(number) >> -shift
    require(result < 2**48, ExcelError.NUM)
    return float(result)


@function("BITLSHIFT(number:number, shift_amount:number)")
def bitlshift(number: float, places: float) -> float:
    """A number with its bits moved to the left."""
    return _shifted(number, places)


@function("BITRSHIFT(number:number, shift_amount:number)")
def bitrshift(number: float, places: float) -> float:
    """A number with its bits moved to the right."""
    return _shifted(number, -places)


@function("DELTA(number1:plain, [number2:plain])")
def delta(a: Scalar, b: Scalar = None) -> float:
    """1 where two numbers are equal, else 0."""
    return float(to_number(a) == to_number(b))


@function("GESTEP(number:plain, [step:plain])")
def gestep(number: Scalar, step: Scalar = None) -> float:
    """1 where a number reaches a bound, else 0."""
    return float(to_number(number) >= to_number(step))


@function("ERF(lower_limit:plain, [upper_limit:plain])")
def erf(low: Scalar, high: Scalar = None) -> float:
    """The error function, from 0 or between two limits."""
    at = math.erf(to_number(low))
    return at if high is None else math.erf(to_number(high)) - at


@function("ERF.PRECISE(x:plain)")
def erf_precise(x: Scalar) -> float:
    """The error function from 0."""
    return math.erf(to_number(x))


@function("ERFC(x:plain)")
def erfc(x: Scalar) -> float:
    """What the error function lacks of 1."""
    return math.erfc(to_number(x))


@function("ERFC.PRECISE(x:plain)")
def erfc_precise(x: Scalar) -> float:
    """What the error function lacks of 1."""
    return math.erfc(to_number(x))
