"""Texts counted as Excel counts them: in UTF-16 units, of which characters beyond the first plane (emoji, rare Chinese
characters) have two."""

from __future__ import annotations


def utf16(text: str) -> int:
    """The length of a text."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def _is_plain(text: str) -> bool:
    return text.isascii() or all(character <= "\uffff" for character in text)


def cut(text: str, start: int, count: int) -> str:
    """The units from a place, counted from 0; half a character at either end is ``\ufffd``."""
    if _is_plain(text):
        return text[start : start + count]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * (start + count)].decode("utf-16-le", "replace")


def place_of(text: str, index: int) -> int:
    """The units before a character, counted from 0."""
    return utf16(text[:index])


def index_of(text: str, place: int) -> int:
    """The first character that begins at a place or behind it, counted in units from 0."""
    if _is_plain(text):
        return place
    units = 0
    for index, character in enumerate(text):
        if units >= place:
            return index
        units += 2 if character > "\uffff" else 1
    return len(text)
