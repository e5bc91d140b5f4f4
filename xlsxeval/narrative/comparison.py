"""A figure of the text against the value of a field."""

from __future__ import annotations

from decimal import Decimal

from xlsxeval.quantities import Quantity, QuantityKind

_KINDS = {
    "money": (QuantityKind.MONEY,),
    "signed_money": (QuantityKind.MONEY,),
    "percent": (QuantityKind.SHARE,),
    "score": (QuantityKind.SCORE,),
    "weight": (QuantityKind.SCORE,),
    "count": (QuantityKind.COUNT,),
    "area": (QuantityKind.MEASURE,),
    "number": (QuantityKind.COUNT, QuantityKind.MEASURE),
}
"""What a figure must measure to be a field of that type."""


def can_be(quantity: Quantity, field_type: str) -> bool:
    """Whether a figure can be what a field of that type holds."""
    return quantity.kind in _KINDS.get(field_type, ())


def agrees(quantity: Quantity, value: Decimal, tolerance: Decimal) -> bool:
    """Whether a figure is the value, as far as its digits go: rounded or cut off, 679.55 is 679.5, 679.6 and 680.

    ``value`` and ``tolerance`` are in the figure's unit.
    """
    off = abs(quantity.value - value)
    return off < quantity.step or off <= tolerance
