"""Cutting, joining, searching and changing texts."""

from __future__ import annotations

import re
from urllib.parse import quote

from xlsxeval.calc.coercion import to_text
from xlsxeval.calc.criteria import has_wildcards, wildcard_pattern
from xlsxeval.calc.functions.arguments import Item, all_values, require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.utf16 import cut, index_of, place_of, utf16
from xlsxeval.calc.values import MAX_TEXT, CellError, ExcelError, Scalar


def limited(text: str) -> str:
    """The text itself; ``#VALUE!`` when it is longer than a cell can hold."""
    require(utf16(text) <= MAX_TEXT)
    return text


@function("LEN(text:text)")
def len_(text: str) -> float:
    """The number of characters."""
    return float(utf16(text))


@function("LEFT(text:text, [num_chars:integer])")
def left(text: str, count: int = 1) -> str:
    """The first characters."""
    require(count >= 0)
    return cut(text, 0, count)


@function("RIGHT(text:text, [num_chars:integer])")
def right(text: str, count: int = 1) -> str:
    """The last characters."""
    require(count >= 0)
    return cut(text, max(utf16(text) - count, 0), count)


@function("MID(text:text, start_num:integer, num_chars:integer)")
def mid(text: str, start: int, count: int) -> str:
    """Characters from a place on."""
    require(start >= 1 and count >= 0)
    return cut(text, start - 1, count)


@function("FIND(find_text:text, within_text:text, [start_num:integer])")
def find(wanted: str, text: str, start: int = 1) -> float | ExcelError:
    """The place of a text in another, case counting; #VALUE! if it is not there."""
    require(1 <= start <= utf16(text) + 1)
    place = text.find(wanted, index_of(text, start - 1))
    if place < 0:
        return ExcelError.VALUE  # not raised: helper columns look for what is seldom there
    return place_of(text, place) + 1.0


@function("SEARCH(find_text:text, within_text:text, [start_num:integer])")
def search(wanted: str, text: str, start: int = 1) -> float:
    """The place of a text in another, wildcards allowed, case not counting; #VALUE! if it is not there."""
    require(1 <= start <= utf16(text) + 1)
    first = index_of(text, start - 1)
    if not has_wildcards(wanted):
        found = re.compile(re.escape(wanted), re.IGNORECASE).search(text, first)
    else:
        found = _search_pieces(wanted, text, first)
    require(found is not None)
    return place_of(text, found.start()) + 1.0 if found is not None else 0.0


def _search_pieces(wanted: str, text: str, start: int) -> re.Match[str] | None:
    """The pieces between several ``*`` one after another; the first match of the first piece is the place."""
    first, *rest = re.split(r"(?<!~)\*+", wanted)
    found = wildcard_pattern(first).search(text, start)
    place = found
    for piece in rest:
        place = wildcard_pattern(piece).search(text, place.end()) if place else None
    return found if place else None


@function("SUBSTITUTE(text:text, old_text:text, new_text:text, [instance_num:integer])")
def substitute(text: str, old: str, new: str, instance: int | None = None) -> str:
    """Replaces a text by another, everywhere or in one place of its occurrence."""
    if instance is None:
        return limited(text.replace(old, new)) if old else text
    require(instance >= 1)
    place = -1
    for _ in range(instance):
        place = text.find(old, place + 1) if old else -1
        if place < 0:
            return text
    return limited(text[:place] + new + text[place + len(old) :])


@function("REPLACE(old_text:text, start_num:integer, num_chars:integer, new_text:text)")
def replace(text: str, start: int, count: int, new: str) -> str:
    """Replaces characters from a place on."""
    require(start >= 1 and count >= 0)
    return limited(cut(text, 0, start - 1) + new + cut(text, start - 1 + count, MAX_TEXT))


@function("REPT(text:text, number_times:integer)")
def rept(text: str, count: int) -> str:
    """Repeats a text."""
    require(count >= 0 and utf16(text) * count <= MAX_TEXT)
    return text * count


@function("TRIM(text:text)")
def trim(text: str) -> str:
    """Removes blanks at the ends and doubled ones inside."""
    return " ".join(part for part in text.split(" ") if part)


@function("CLEAN(text:text)")
def clean(text: str) -> str:
    """Removes control characters (codes 0 to 31)."""
    return "".join(character for character in text if ord(character) > 31)


@function("UPPER(text:text)")
def upper(text: str) -> str:
    """In capitals."""
    return text.upper()


@function("LOWER(text:text)")
def lower(text: str) -> str:
    """In small letters."""
    return text.lower()


@function("PROPER(text:text)")
def proper(text: str) -> str:
    """Every word with a capital."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), text)


@function("EXACT(text1:text, text2:text)")
def exact(a: str, b: str) -> bool:
    """Whether two texts are the same, case counting."""
    return a == b


@function("CONCATENATE({text:text}...)")
def concatenate(*texts: str) -> str:
    """Joins texts."""
    return limited("".join(texts))


@function("CONCAT({text:values}...)")
def concat(*items: Item) -> str:
    """Joins texts, whole ranges too."""
    return _joined("", items, skip_empty=True)


@function("TEXTJOIN(delimiter:text, ignore_empty:logical, {text:values}...)")
def textjoin(delimiter: str, ignore_empty: bool, *items: Item) -> str:
    """Joins texts with a delimiter between them."""
    return _joined(delimiter, items, skip_empty=ignore_empty)


def _joined(delimiter: str, items: tuple[Item, ...], *, skip_empty: bool) -> str:
    texts = [to_text(value) for value in all_values(items)]
    return limited(delimiter.join(text for text in texts if text or not skip_empty))


@function("T(value:first)")
def t(value: Scalar) -> str:
    """The value if it is a text, else an empty text."""
    return value if isinstance(value, str) else ""


_UNASSIGNED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""Bytes that the Western code page leaves to their own code points."""


@function("CHAR(number:integer)")
def char(number: int) -> str:
    """The character of a code; above 127 by the Chinese code page, two bytes a character."""
    require(1 <= number <= 65_535)
    if number < 256:
        return bytes([number]).decode("cp1252") if number not in _UNASSIGNED else chr(number)
    try:
        return number.to_bytes(2, "big").decode("gbk")
    except UnicodeDecodeError:
        raise CellError(ExcelError.VALUE) from None


@function("CODE(text:text)")
def code(text: str) -> float:
    """The code of the first character; of a Chinese one by the Chinese code page."""
    require(text != "")
    try:
        return float(int.from_bytes(text[0].encode("gbk"), "big"))
    except UnicodeEncodeError:
        return float(ord(text[0])) if text[0] < "\u0100" else 63.0


@function("UNICHAR(number:integer)")
def unichar(number: int) -> str:
    """The character of a Unicode code point."""
    require(1 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF)
    return chr(number)


@function("UNICODE(text:text)")
def unicode(text: str) -> float:
    """The Unicode code point of the first character."""
    require(text != "")
    return float(ord(text[0]))


@function("HYPERLINK(link_location:text, [friendly_name:scalar])")
def hyperlink(link: str, name: Scalar = None) -> Scalar:
    """What a link shows: its name, or its target."""
    return link if name is None else name


@function("ENCODEURL(text:text)")
def encodeurl(text: str) -> str:
    """A text as it may stand in a link."""
    return limited(quote(text, safe="-_.~"))
