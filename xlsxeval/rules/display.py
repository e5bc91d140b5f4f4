"""Values as people see them in a cell, and whether two of them are the same to the eye of a form."""

from __future__ import annotations

from xlsxeval.calc import ExcelError, Scalar, format_value

_SAME = 1e-9


def display(value: Scalar, number_format: str) -> str:
    """What a cell of that number format shows; a blank is an empty text."""
    if value is None:
        return ""
    return format_value(value, number_format)


def same_value(shown: Scalar, computed: Scalar) -> bool:
    """Whether two values are one: numbers to nine digits, a blank like an empty text."""
    if isinstance(shown, ExcelError) or isinstance(computed, ExcelError):
        return shown is computed
    if shown is None or computed is None:
        return (shown or "") == (computed or "") if not isinstance(shown or computed, (int, float)) else False
    if isinstance(shown, bool) or isinstance(computed, bool):
        return shown is computed
    if isinstance(shown, (int, float)) and isinstance(computed, (int, float)):
        return abs(shown - computed) <= _SAME * max(1.0, abs(shown), abs(computed))
    return shown == computed
