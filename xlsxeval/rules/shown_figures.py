"""Whether a number format lets a person read the value that a cell holds."""

from __future__ import annotations

import re

from xlsxeval.calc import Scalar

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d*)?|\.\d+)(E[+-]?\d+)?(\s*%)?")
_NIL = re.compile(r"[\s\-–—－]*")
"""What a bookkeeper's format shows for zero."""


def tells(seen: str, value: Scalar, *, number: bool) -> bool:
    """Whether somebody who sees this text reads the value, but for decimals that are rounded away."""
    if isinstance(value, str):
        return value.strip() in seen
    if not isinstance(value, float) or not number:
        return True  # a text's number counts as it is shown; a date may be shown in any way that dates are
    if value == 0 and _NIL.fullmatch(seen):
        return True
    found = _NUMBER.findall(seen)
    if len(found) != 1:
        return False
    digits, exponent, percent = found[0]
    step = 10.0 ** (int(exponent[1:] or 0) if exponent else 0) / (100 if percent else 1)
    decimals = len(digits.partition(".")[2])
    shown = float(digits.replace(",", "")) * step
    return abs(shown - abs(value)) <= 0.5001 * step / 10.0**decimals + 1e-12 * abs(value)
