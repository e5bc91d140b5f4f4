"""Complex numbers, written as texts such as "3+4i"."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable
from typing import Final

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.arguments import Item, all_values, require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.numbers import number_to_text
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import CellError, ExcelError, Scalar

_NUMBER = r"(?>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?>[Ee][+-]?[0-9]+)?"
_COMPLEX: Final = re.compile(rf"(?P<real>[+-]?{_NUMBER})?(?:(?P<part>[+-]?(?:{_NUMBER})?)(?P<unit>[ij]))?\Z")


def _read(value: Scalar) -> tuple[complex, str]:
    """The number and the letter of its imaginary unit. Raises CellError (``#NUM!``) for what is none."""
    require(not isinstance(value, bool))
    if not isinstance(value, str):
        return complex(to_number(value)), ""
    match = _COMPLEX.match(value)
    if match is None or not value:
        raise CellError(ExcelError.NUM)
    part = match["part"]
    if match["real"] is not None and part is not None and not part.startswith(("+", "-")):
        if part != "" or match["unit"] is None:
            raise CellError(ExcelError.NUM)
        return complex(0.0, float(match["real"])), match["unit"]
    imaginary = 0.0 if match["unit"] is None else float(part + "1" if part in ("", "+", "-") else part)
    return complex(float(match["real"] or 0), imaginary), match["unit"] or ""


def _written(number: complex, unit: str) -> str:
    real, imaginary = finite(number.real), finite(number.imag)
    if imaginary == 0:
        return number_to_text(real)
    size = "" if abs(imaginary) == 1 else number_to_text(abs(imaginary))
    sign = "-" if imaginary < 0 else "+" if real else ""
    return f"{number_to_text(real) if real else ''}{sign}{size}{unit or 'i'}"


@function("COMPLEX(real_num:plain, i_num:plain, [suffix:text=])")
def complex_(real: Scalar, imaginary: Scalar, suffix: str = "i") -> str:
    """A complex number from its two parts."""
    require(suffix in ("i", "j", ""))
    return _written(complex(to_number(real), to_number(imaginary)), suffix)


def _measure(name: str, compute: Callable[[complex], float], summary: str) -> None:
    def body(value: Scalar) -> float:
        return compute(_read(value)[0])

    body.__doc__ = summary
    function(f"{name}(inumber:plain)")(body)


def _argument(number: complex) -> float:
    require(number != 0, ExcelError.DIV0)
    return cmath.phase(number)


_measure("IMREAL", lambda z: z.real, "The real part of a complex number.")
_measure("IMAGINARY", lambda z: z.imag, "The imaginary part of a complex number.")
_measure("IMABS", abs, "The size of a complex number.")
_measure("IMARGUMENT", _argument, "The angle of a complex number.")


def _guarded(compute: Callable[[], complex]) -> complex:
    try:
        return compute()
    except (ValueError, OverflowError, ZeroDivisionError):
        raise CellError(ExcelError.NUM) from None


def _mapping(name: str, compute: Callable[[complex], complex], summary: str) -> None:
    def body(value: Scalar) -> str:
        number, unit = _read(value)
        return _written(_guarded(lambda: compute(number)), unit)

    body.__doc__ = summary
    function(f"{name}(inumber:plain)")(body)


_mapping("IMCONJUGATE", lambda z: z.conjugate(), "A complex number with its imaginary part turned round.")
_mapping("IMEXP", cmath.exp, "The number e raised to a complex power.")
_mapping("IMLN", cmath.log, "The natural logarithm of a complex number.")
_mapping("IMLOG10", lambda z: cmath.log(z) / math.log(10), "The logarithm of a complex number to base 10.")
_mapping("IMLOG2", lambda z: cmath.log(z) / math.log(2), "The logarithm of a complex number to base 2.")
_mapping("IMSQRT", cmath.sqrt, "The square root of a complex number.")
_mapping("IMSIN", cmath.sin, "The sine of a complex number.")
_mapping("IMCOS", cmath.cos, "The cosine of a complex number.")
_mapping("IMTAN", cmath.tan, "The tangent of a complex number.")
_mapping("IMSINH", cmath.sinh, "The hyperbolic sine of a complex number.")
_mapping("IMCOSH", cmath.cosh, "The hyperbolic cosine of a complex number.")
_mapping("IMSEC", lambda z: 1 / cmath.cos(z), "The secant of a complex number.")
_mapping("IMCSC", lambda z: 1 / cmath.sin(z), "The cosecant of a complex number.")
_mapping("IMCOT", lambda z: cmath.cos(z) / cmath.sin(z), "The cotangent of a complex number.")
_mapping("IMSECH", lambda z: 1 / cmath.cosh(z), "The hyperbolic secant of a complex number.")
_mapping("IMCSCH", lambda z: 1 / cmath.sinh(z), "The hyperbolic cosecant of a complex number.")


@function("IMPOWER(inumber:plain, number:number)")
def impower(value: Scalar, exponent: float) -> str:
    """A complex number raised to a power."""
    number, unit = _read(value)
    require(number != 0 or exponent > 0, ExcelError.NUM)
    power = cmath.rect(abs(number) ** exponent, cmath.phase(number) * exponent) if number else 0j
    return _written(power, unit)


def _pair(a: Scalar, b: Scalar) -> tuple[complex, complex, str]:
    (x, first), (y, second) = _read(a), _read(b)
    require(not first or not second or first == second)
    return x, y, first or second


@function("IMDIV(inumber1:plain, inumber2:plain)")
def imdiv(a: Scalar, b: Scalar) -> str:
    """One complex number divided by another."""
    x, y, unit = _pair(a, b)
    return _written(_guarded(lambda: x / y), unit)


@function("IMSUB(inumber1:plain, inumber2:plain)")
def imsub(a: Scalar, b: Scalar) -> str:
    """One complex number less another."""
    x, y, unit = _pair(a, b)
    return _written(x - y, unit)


def _all(items: tuple[Item, ...]) -> tuple[list[complex], str]:
    found = [_read(value) for value in all_values(items) if value is not None]
    units = {unit for _, unit in found if unit}
    require(len(units) <= 1)
    return [number for number, _ in found], next(iter(units), "")


@function("IMSUM({inumber:values}...)")
def imsum(*items: Item) -> str:
    """Adds complex numbers."""
    numbers, unit = _all(items)
    return _written(sum(numbers, 0j), unit)


@function("IMPRODUCT({inumber:values}...)")
def improduct(*items: Item) -> str:
    """Multiplies complex numbers."""
    numbers, unit = _all(items)
    return _written(math.prod(numbers), unit)
