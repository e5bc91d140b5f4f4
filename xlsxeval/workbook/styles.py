"""How each role of a cell looks: fonts that Windows, WPS and Linux have, thin borders, three quiet colours."""

from __future__ import annotations

from typing import Any

from xlsxeval.layout.layout import CellLook

SONG = "宋体"
HEI = "黑体"
CHINESE_CHARSET = 134

INPUT_COLOUR = "#FFF8DC"
GIVEN_COLOUR = "#E8F1FA"
COMPUTED_COLOUR = "#F0F0F0"
HELPER_COLOUR = "#7F7F7F"
GREY_COLOUR = "#D0D0D0"
GREY_FONT = "#8C8C8C"
BORDER_COLOUR = "#404040"
FAINT_BORDER = "#BFBFBF"

_BASE: dict[str, Any] = {
    "font_name": SONG,
    "font_charset": CHINESE_CHARSET,
    "font_size": 11,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": BORDER_COLOUR,
}

_ROLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEI, "font_size": 16, "border": 0},
    "section": {"font_name": HEI, "bg_color": "#F7F7F7"},
    "heading": {"font_name": HEI},
    "label": {},
    "note": {"font_size": 10, "border": 0, "font_color": "#404040"},
    "input": {"bg_color": INPUT_COLOUR},
    "given": {"bg_color": GIVEN_COLOUR},
    "computed": {"bg_color": COMPUTED_COLOUR},
    "helper": {"font_size": 9, "font_color": HELPER_COLOUR, "border_color": FAINT_BORDER},
    "selfcheck": {"font_size": 10.5},
    "status": {"font_size": 10.5, "bold": True},
    "link": {"font_size": 10.5, "font_color": "#0563C1", "underline": 1},
    "summary": {"font_name": HEI, "font_size": 13, "bg_color": COMPUTED_COLOUR},
}

STATUS_COLOURS = {"✓": "#2E7D32", "✗": "#C00000", "△": "#B26A00"}
"""Font colours of live results by the mark that they begin with."""

_MEDIUM, _DASHED, _DOTTED, _MEDIUM_DASHED = 2, 3, 4, 8
MARKS: dict[str, dict[str, Any]] = {
    "error": {"bg_color": "#FFD6D6", "border": _MEDIUM, "border_color": "#C00000"},
    "warning": {"bg_color": "#FFE7B0", "border": _MEDIUM_DASHED, "border_color": "#B26A00"},
    "info": {"border": _DASHED, "border_color": "#2F5597"},
    "settled": {"border": _DOTTED, "border_color": "#2E7D32"},
}
"""What a cell with findings has besides its own look, by the gravest of them. The lines differ in black and white too."""


def properties(look: CellLook, *, locked: bool) -> dict[str, Any]:
    """The XlsxWriter format of a look."""
    style = {**_BASE, **_ROLES[look.role], "align": look.align, "locked": locked}
    if look.number_format != "General":
        style["num_format"] = look.number_format
    if look.indent:
        style["indent"] = look.indent
    elif look.align == "left":
        style["indent"] = 0
    return style
