"""Digits and Chinese numerals → Decimal, and the spellings of one character that all mean the same."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

# More digits than any amount of money has are no figure but a code, or an attack; they are not read.
MOST_DIGITS = 24

_SAME = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(spelling): ord(plain)
    for plain, spellings in {
        " ": "\u3000\u00a0\u2002\u2003\u2009\u202f\t\r\n\u2028\u2029",
        "≥": "≧⩾⪖",
        "≤": "≦⩽⪕",
        ">": "〉﹥",
        "<": "〈﹤",
        "%": "﹪٪",
        "~": "～〜∼˜",
        "-": "‐‑‒–—―−﹣",
        ".": "．",
        ",": "，﹐",
        "两": "兩",
        "万": "萬",
        "亿": "億",
        "〇": "○",
        "÷": "∕",
    }.items()
    for spelling in spellings
}
# What nobody sees: soft hyphen, zero-width characters, direction marks, control characters, halves of surrogate pairs.
_UNSEEN = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)


class Folded(NamedTuple):
    """A text in one spelling; ``offsets[i]`` is where its character ``i`` stood, with the old length at the end."""

    text: str
    offsets: tuple[int, ...]


def fold(text: str) -> Folded:
    """Full-width → half-width, one sign for each meaning, nothing unseen."""
    if not _UNSEEN.search(text):
        return Folded(text.translate(_SAME), tuple(range(len(text) + 1)))
    kept = [(index, char) for index, char in enumerate(text) if not _UNSEEN.match(char)]
    plain = "".join(char for _, char in kept).translate(_SAME)
    return Folded(plain, (*(index for index, _ in kept), len(text)))


def folded(text: str) -> str:
    """The folded text alone, without blanks around it."""
    return _UNSEEN.sub("", text).translate(_SAME).strip()


DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,40}(?![\d,])|\d+)(?:\.\d+)?"
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二两三四五六七八九十百千万亿"


def read_digits(text: str) -> Decimal | None:
    """``"1,234.50"`` → ``Decimal("1234.50")``; None for what is too long to be a figure."""
    plain = text.replace(",", "")
    if len(plain) > MOST_DIGITS or not plain.isascii():
        return None
    return Decimal(plain)


def read_chinese(text: str) -> Decimal | None:
    """``"一千二百三十"`` → 1230, ``"十二万"`` → 120000, ``"二〇二四"`` → 2024, ``"三点五"`` → 3.5; None where it is no numeral."""
    whole, point, part = text.partition("点")
    if not text or len(text) > MOST_DIGITS or (point and not part):
        return None
    if not all(char in _VALUES for char in part):
        return None
    value = _whole(whole) if whole else None
    if value is None:
        return None
    decimals = "".join(str(_VALUES[char]) for char in part)
    return Decimal(f"{value}.{decimals}") if decimals else Decimal(value)


def _whole(text: str) -> int | None:
    if text and all(char in _VALUES for char in text):
        # 三五家 is three or five of them; four digits in a row are a year.
        return int("".join(str(_VALUES[char]) for char in text)) if len(text) in (1, 4) else None
    total, group, digit, last, zero = 0, 0, -1, 10_000, False
    for index, char in enumerate(text):
        if char in _VALUES:
            if digit > 0:
                return None
            digit, zero = _VALUES[char], digit == 0 or char in "零〇"
        elif char in _STEPS:
            step = _STEPS[char]
            if step >= last or (digit < 1 and not (step == 10 and index == 0)):
                return None
            group, digit, last = group + max(digit, 1) * step, -1, step
        else:
            group += max(digit, 0)
            if group == 0:
                return None
            size = _GROUPS[char]
            total = (total + group) * size if size > total else total + group * size
            group, digit, last = 0, -1, 10_000
    if digit > 0 and last != 10 and not zero and text[:-1]:
        return None  # 三百五 and 一万二 are 350 and 12000 in speech
    return total + group + max(digit, 0)
