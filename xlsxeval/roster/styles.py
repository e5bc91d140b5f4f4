"""How the roster looks: the fonts of the forms, a header that stands out, examples in grey italics."""

from __future__ import annotations

from typing import Any

from xlsxeval.workbook.styles import CHINESE_CHARSET, HEI, INPUT_COLOUR, SONG

_FAINT = "#BFBFBF"
_HINT = "#595959"
_EXAMPLE = "#8C8C8C"

_BASE: dict[str, Any] = {
    "font_name": SONG,
    "font_charset": CHINESE_CHARSET,
    "font_size": 11,
    "valign": "vcenter",
}
_HEADER = {"font_name": HEI, "border": 1, "border_color": _FAINT, "align": "center", "text_wrap": True}
_ROLES: dict[str, dict[str, Any]] = {
    "required": _HEADER | {"bg_color": "#1F4E79", "font_color": "#FFFFFF"},
    "optional": _HEADER | {"bg_color": "#DDEBF7"},
    "data": {"text_wrap": True},
    "example": {"text_wrap": True, "italic": True, "font_color": _EXAMPLE, "bg_color": "#F2F2F2"},
    "label": {"font_name": HEI, "border": 1, "border_color": _FAINT, "bg_color": "#F2F2F2"},
    "input": {"border": 1, "border_color": _FAINT, "bg_color": INPUT_COLOUR, "text_wrap": True, "align": "left"},
    "hint": {"border": 1, "border_color": _FAINT, "font_color": _HINT, "text_wrap": True},
    "title": {"font_name": HEI, "font_size": 16},
    "heading": {"font_name": HEI, "font_size": 12, "font_color": "#1F4E79"},
    "line": {"text_wrap": True},
    "listed": {"border": 1, "border_color": _FAINT, "text_wrap": True},
}
_FORMATS = {"text": "@", "code": "@", "choice": "@", "number": "General", "figure": "General", "date": "yyyy-mm-dd"}
_FLUSH = ("title", "heading", "line")
_ALIGNED = {"number": "center", "choice": "center", "date": "left"}


def properties(role: str, kind: str = "") -> dict[str, Any]:
    """The XlsxWriter format of a role; ``kind`` of a column sets its number format, so that codes stay text."""
    style = {**_BASE, **_ROLES[role]}
    if kind:
        style["num_format"] = _FORMATS[kind]
        if role != "input":
            style["align"] = _ALIGNED.get(kind, "left")
    if style.get("align", "left") == "left" and role not in _FLUSH:
        style |= {"align": "left", "indent": 1}
    return style
