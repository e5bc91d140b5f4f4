"""Texts that look alike but differ: in characters of another script, or in invisible ones."""

from __future__ import annotations

import unicodedata

from xlsxeval.forms.values import INVISIBLE

_MOST = 3


def lookalike(shown: str, expected: str) -> str | None:
    """A clause that names the difference of two texts that look the same; None where the difference is visible."""
    hidden = INVISIBLE.findall(shown)
    if hidden and INVISIBLE.sub("", shown) == INVISIBLE.sub("", expected):
        return f"有看不见的字符 {_codes(''.join(hidden))}"
    if len(shown) != len(expected):
        return None
    pairs = [(mine, theirs) for mine, theirs in zip(shown, expected, strict=True) if mine != theirs]
    if not pairs or not all(_alike(mine, theirs) for mine, theirs in pairs):
        return None
    named = "、".join(
        f"「{mine}」（U+{ord(mine):04X}）不是「{theirs}」（U+{ord(theirs):04X}）" for mine, theirs in pairs[:_MOST]
    )
    return f"看上去一样，字符不同：{named}"


def _alike(one: str, other: str) -> bool:
    """Whether two characters are variants of one character, or letters of two alphabets."""
    if unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other):
        return True
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in (one, other)}
    return one.isalpha() and other.isalpha() and len(scripts) == 2 and scripts <= {"LATIN", "CYRILLIC", "GREEK"}


def _codes(text: str) -> str:
    return "、".join(sorted({f"U+{ord(char):04X}" for char in text}))
