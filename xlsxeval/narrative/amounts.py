"""Figures as people round them: a range that the true value lies in, and arithmetic with such ranges."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xlsxeval.quantities import Quantity, QuantityKind

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Range:
    """What a value may be, ends included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Range) -> Range:
        """Of amounts that are not negative; the divisor must be above 0."""
        return Range(self.low / other.high, self.high / other.low)

    def meets(self, other: Range) -> bool:
        """Whether both can be the same value."""
        return self.low <= other.high and other.low <= self.high


def written(quantity: Quantity) -> Range:
    """What a figure stands for: half a step of its last digit more or less; people and things are counted, not rounded."""
    half = Decimal(0) if quantity.kind is QuantityKind.COUNT and quantity.step == 1 else quantity.step / 2
    return Range(quantity.value - half, quantity.value + half)


def loosely(quantity: Quantity) -> Range:
    """The range of a result that may have been cut off instead of rounded: a whole step more or less."""
    return Range(quantity.value - quantity.step, quantity.value + quantity.step)


def alike(first: Quantity, second: Quantity) -> bool:
    """Whether two figures are of one kind and unit."""
    return first.kind is second.kind and first.unit == second.unit


def plain(value: Decimal) -> str:
    """A number without needless digits: at most four decimals."""
    text = f"{value.quantize(Decimal('0.0001')):f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def told(value: Decimal, unit: str) -> str:
    """A value in its unit as people write it: 万元 and 人 as they are, a share in percent."""
    if unit == "1":
        return f"{(value * _HUNDRED).quantize(Decimal('0.01'))}%"
    return f"{plain(value)}{unit}"
