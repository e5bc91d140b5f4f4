"""How the cells of the summary look: the fonts of the forms, thin borders, quiet grounds."""

from __future__ import annotations

from typing import Any

from xlsxeval.rollup.plan import GENERAL, PlannedLook
from xlsxeval.workbook.styles import CHINESE_CHARSET, HEI, SONG

_BORDER = {"border": 1, "border_color": "#A6A6A6"}
_BASE: dict[str, Any] = {
    "font_name": SONG,
    "font_charset": CHINESE_CHARSET,
    "font_size": 10,
    "valign": "vcenter",
    "text_wrap": True,
}
_ROLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEI, "font_size": 16},
    "info": {"font_color": "#404040"},
    "note": {},
    "heading": _BORDER | {"font_name": HEI, "bg_color": "#E7E6E6"},
    "data": _BORDER,
    "total": _BORDER | {"font_name": HEI, "bg_color": "#F2F2F2"},
    "short": _BORDER | {"text_wrap": False},
    "figure": _BORDER | {"font_name": HEI, "font_size": 12},
    "error": _BORDER | {"font_name": HEI, "font_color": "#C00000"},
    "absent": _BORDER | {"font_color": "#7F7F7F", "bg_color": "#F2F2F2"},
}
_INDENTED = ("data", "total", "short")


def properties(look: PlannedLook) -> dict[str, Any]:
    """The XlsxWriter format of a look.

    What is text is marked as text (``quote_prefix``): it stays text also when somebody edits the cell and leaves it.
    """
    style = {**_BASE, **_ROLES[look.role], "align": look.align}
    if look.role in _INDENTED and look.align == "left":
        style["indent"] = 1
    if look.number_format == GENERAL:
        return style | {"quote_prefix": True}
    return style | {"num_format": look.number_format, "text_wrap": False}
