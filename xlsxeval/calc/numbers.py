"""Excel's arithmetic on numbers: fifteen significant digits in comparing, halves rounded away from zero.

Sources: Microsoft, "Floating-point arithmetic may give inaccurate results in Excel"; W. Kahan, "How Futile are
Mindless Assessments of Roundoff" on what Excel hides.
"""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Final

_WIDEST = 20
_CONTEXT: Final = Context(prec=400)
_POWERS: Final = [10.0**exponent for exponent in range(23)]
NEAR: Final = 1e-14
"""Numbers further apart than this share of their size differ within the fifteen digits."""

ROUND_AWAY: Final = ROUND_UP
ROUND_TOWARDS: Final = ROUND_DOWN


def fifteen(value: float) -> float:
    """The number cut to the fifteen significant digits that Excel shows and compares."""
    return float(f"{value:.15g}")


def same_number(a: float, b: float) -> bool:
    """Whether two numbers are equal to fifteen significant digits: ``0.1+0.2=0.3`` is TRUE."""
    if a == b:
        return True
    if abs(a - b) > NEAR * (abs(a) + abs(b)):
        return False
    return f"{a:.14e}" == f"{b:.14e}"


def decimal_of(value: float) -> Decimal:
    """The number as a person sees it: fifteen significant digits, exact from there on."""
    return Decimal(f"{value:.15g}")


def round_half_up(value: float, digits: int) -> float:
    """ROUND: a half goes away from zero, judged on what is shown (2.675 to two digits is 2.68)."""
    if 0 <= digits <= 15 and -1e8 < value < 1e8:
        power = _POWERS[digits]
        scaled = abs(value) * power
        whole = math.floor(scaled)
        rest = scaled - whole
        if scaled < 1e15 and not 0.4999 < rest < 0.5001:
            return math.copysign((whole + 1 if rest > 0.5 else whole) / power, value) + 0.0
    return round_by(value, digits, ROUND_HALF_UP)


def round_by(value: float, digits: int, rule: str) -> float:
    """A number rounded to ``digits`` decimals (tens and hundreds if negative) by one of decimal's rules."""
    if digits > 330 or not value:
        return value
    if digits < -330:
        digits = -330
    rounded = decimal_of(value).quantize(Decimal(1).scaleb(-digits), rounding=rule, context=_CONTEXT)
    return float(rounded) + 0.0


def number_to_text(value: float) -> str:
    """A number as ``&`` and General write it: up to fifteen digits, an exponent only where it is too long."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    decimal = decimal_of(value).normalize()
    plain = f"{decimal:f}"
    if len(plain.lstrip("-")) <= _WIDEST:
        return plain
    return scientific(decimal)


def scientific(decimal: Decimal) -> str:
    """``1.5E+25``: at least two digits in the exponent, as Excel writes it."""
    sign, digits, _ = decimal.as_tuple()
    text = "".join(map(str, digits)).rstrip("0") or "0"
    exponent = decimal.adjusted()
    mantissa = text[0] + (f".{text[1:]}" if len(text) > 1 else "")
    return f"{'-' * sign}{mantissa}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def general(value: float) -> str:
    """A number as a cell formatted General shows it: eleven characters at most, the sign apart."""
    decimal = decimal_of(value)
    if not decimal:
        return "0"
    exponent = decimal.adjusted()
    if exponent <= 10:
        whole = max(exponent, 0) + 1
        shown = f"{decimal.quantize(Decimal(1).scaleb(-max(10 - whole, 0)), ROUND_HALF_UP, _CONTEXT):f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
        if exponent >= -4 or Decimal(shown) == decimal:
            return shown
    return scientific(decimal.quantize(Decimal(1).scaleb(exponent - 5), ROUND_HALF_UP, _CONTEXT))
