"""Values as a cell displays them, and the comparison of a shown value with a computed one."""

from __future__ import annotations

from xlsxeval.calc import ExcelError, Scalar, format_value

_SAME = 1e-9


def display(value: Scalar, number_format: str) -> str:
    """The text that a cell with this number format displays; empty for a blank cell."""
    if value is None:
        return ""
    return format_value(value, number_format)


def display_both(shown: Scalar, expected: Scalar, number_format: str) -> tuple[str, str]:
    """Two different values as a cell displays them, with all their digits where they would look the same."""
    texts = display(shown, number_format), display(expected, number_format)
    if texts[0] != texts[1] or same_value(shown, expected):
        return texts
    full = display(shown, "General"), display(expected, "General")
    if full[0] != full[1]:
        return full
    return f"{texts[0]}（文字）" if isinstance(shown, str) else texts[0], texts[1]


def same_value(shown: Scalar, computed: Scalar) -> bool:
    """Whether two values are equal: numbers to nine digits, a blank like an empty text."""
    if isinstance(shown, ExcelError) or isinstance(computed, ExcelError):
        return shown is computed
    if shown is None or computed is None:
        return (shown or "") == (computed or "") if not isinstance(shown or computed, (int, float)) else False
    if isinstance(shown, bool) or isinstance(computed, bool):
        return shown is computed
    if isinstance(shown, (int, float)) and isinstance(computed, (int, float)):
        return abs(shown - computed) <= _SAME * max(1.0, abs(shown), abs(computed))
    return shown == computed
