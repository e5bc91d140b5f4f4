"""Texts as Open XML stores them: what XML cannot carry is written ``_x0001_``, and what only looks so is told apart."""

from __future__ import annotations

import re

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def escape_text(text: str) -> str:
    """A text as it must stand in a cell, read back as it was by Excel, WPS and LibreOffice (ST_Xstring)."""
    apart = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", apart)
