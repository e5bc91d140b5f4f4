"""Texts counted in bytes and in width, as Chinese Excel does: a Chinese character is two."""

from __future__ import annotations

from xlsxeval.calc.chinese import digit_by_digit, read_out
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.functions.text import limited, search


def width(character: str) -> int:
    """1 for what one byte holds in the Chinese code page, 2 for anything else."""
    return 1 if ord(character) < 128 else 2


def _cut(text: str, start: int, count: int) -> str:
    """The characters within some bytes; half a character at either end becomes a blank."""
    result = ""
    place = 0
    for character in text:
        begin, end = place, place + width(character)
        place = end
        if end <= start or begin >= start + count:
            continue
        result += character if begin >= start and end <= start + count else " "
    return result


def bytes_of(text: str) -> int:
    """The number of bytes of a text."""
    return sum(map(width, text))


@function("LENB(text:text)")
def lenb(text: str) -> float:
    """The number of bytes; a Chinese character counts two."""
    return float(bytes_of(text))


@function("LEFTB(text:text, [num_bytes:integer])")
def leftb(text: str, count: int = 1) -> str:
    """The first bytes."""
    require(count >= 0)
    return _cut(text, 0, count)


@function("RIGHTB(text:text, [num_bytes:integer])")
def rightb(text: str, count: int = 1) -> str:
    """The last bytes."""
    require(count >= 0)
    return _cut(text, max(bytes_of(text) - count, 0), count)


@function("MIDB(text:text, start_num:integer, num_bytes:integer)")
def midb(text: str, start: int, count: int) -> str:
    """Bytes from a place on."""
    require(start >= 1 and count >= 0)
    return _cut(text, start - 1, count)


@function("FINDB(find_text:text, within_text:text, [start_num:integer])")
def findb(wanted: str, text: str, start: int = 1) -> float:
    """The place of a text in another, counted in bytes."""
    require(1 <= start <= bytes_of(text) + 1)
    before = 0
    while before < len(text) and bytes_of(text[:before]) < start - 1:
        before += 1
    place = text.find(wanted, before)
    require(place >= 0)
    return float(bytes_of(text[:place]) + 1)


@function("SEARCHB(find_text:text, within_text:text, [start_num:integer])")
def searchb(wanted: str, text: str, start: int = 1) -> float:
    """The place of a text in another, wildcards allowed, counted in bytes."""
    require(1 <= start <= bytes_of(text) + 1)
    before = 0
    while before < len(text) and bytes_of(text[:before]) < start - 1:
        before += 1
    place = search(wanted, text[before:])
    return float(bytes_of(text[: before + int(place) - 1]) + 1)


@function("REPLACEB(old_text:text, start_num:integer, num_bytes:integer, new_text:text)")
def replaceb(text: str, start: int, count: int, new: str) -> str:
    """Replaces bytes from a place on."""
    require(start >= 1 and count >= 0)
    return limited(_cut(text, 0, start - 1) + new + _cut(text, start - 1 + count, bytes_of(text)))


@function("ASC(text:text)")
def asc(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones."""
    return "".join(_narrow(character) for character in text)


def _narrow(character: str) -> str:
    if character == "\u3000":
        return " "
    return chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else character


@function("WIDECHAR(text:text)")
def widechar(text: str) -> str:
    """Half-width letters, digits and signs as full-width ones."""
    return "".join(
        "\u3000" if sign == " " else chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text
    )


@function("NUMBERSTRING(number:number, type:integer)")
def numberstring(number: float, kind: int) -> str:
    """A whole number in Chinese: 1 一百二十三, 2 壹佰贰拾叁, 3 一二三."""
    require(number >= 0 and kind in (1, 2, 3))
    text = f"{number:.0f}"
    return digit_by_digit(text, 1) if kind == 3 else read_out(text, kind)
