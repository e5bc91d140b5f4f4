"""What distributions are made of: incomplete gamma and beta functions, and solving for the place of a probability.

Source: W. Press et al., "Numerical Recipes", chapters 6.2 and 6.4 (series and continued fractions).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from xlsxeval.calc.values import CellError, ExcelError

_TINY = 1e-300
_STEPS = 10_000


def gamma_below(shape: float, x: float) -> float:
    """The regularized lower incomplete gamma function P(shape, x)."""
    if x <= 0:
        return 0.0
    scale = math.exp(-x + shape * math.log(x) - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for step in range(1, _STEPS):
            term *= x / (shape + step)
            total += term
            if abs(term) < abs(total) * 1e-17:
                break
        return total * scale
    return 1 - _gamma_fraction(shape, x) * scale


def gamma_above(shape: float, x: float) -> float:
    """What ``gamma_below`` lacks of 1, exact where that is small."""
    if x < shape + 1:
        return 1 - gamma_below(shape, x)
    return _gamma_fraction(shape, x) * math.exp(-x + shape * math.log(x) - math.lgamma(shape))


def _gamma_fraction(shape: float, x: float) -> float:
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    h = d
    for step in range(1, _STEPS):
        a = -step * (step - shape)
        b += 2
        d = 1 / (a * d + b or _TINY)
        c = b + a / c or _TINY
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return h


def beta_below(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x > 0)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    h = d
    for m in range(1, _STEPS):
        for value in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + value * d or _TINY)
            c = 1 + value / c or _TINY
            h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return h


def place_of(share: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Where a rising function reaches a value, by halving; the upper end is moved out until it lies beyond."""
    for _ in range(1100):
        if share(high) >= wanted:
            break
        low, high = high, high * 2 if high > 0 else 1.0
        if high > 1e300:
            raise CellError(ExcelError.NUM)
    for _ in range(2000):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if share(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
