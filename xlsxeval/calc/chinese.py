"""Chinese numerals: 一百二十三, 壹佰贰拾叁, and digit by digit 二〇二四."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_TENS: Final = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_MYRIADS: Final = ("", "万", "亿", "万亿", "亿亿", "万亿亿")


def digit_by_digit(text: str, numerals: int) -> str:
    """Every ASCII digit of a text as its numeral; the rest stays."""
    digits = _DIGITS[numerals]
    return "".join(digits[int(character)] if "0" <= character <= "9" else character for character in text)


def read_out(text: str, numerals: int) -> str:
    """A plain decimal number as it is read: ``"1203.5"`` → ``一千二百〇三.五``."""
    sign = "-" if text.startswith("-") else ""
    whole, point, rest = text.lstrip("-").partition(".")
    return sign + _whole(whole, numerals) + point + digit_by_digit(rest, numerals)


def _whole(text: str, numerals: int) -> str:
    digits = _DIGITS[numerals]
    text = text.lstrip("0")
    if not text:
        return digits[0]
    groups: list[str] = []
    while text:
        groups.append(text[-4:].zfill(4))
        text = text[:-4]
    result = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == "0000":
            gap = bool(result)
            continue
        if result and (gap or group[0] == "0"):
            result += digits[0]
        result += _group(group, numerals) + _MYRIADS[min(place, len(_MYRIADS) - 1)]
        gap = False
    return result


def _group(group: str, numerals: int) -> str:
    """Up to four digits: a zero is read only between others."""
    digits, tens = _DIGITS[numerals], _TENS[numerals]
    result = ""
    gap = False
    for place, character in enumerate(group):
        if character == "0":
            gap = bool(result)
            continue
        result += (digits[0] if gap else "") + digits[int(character)] + tens[3 - place]
        gap = False
    return result


def calendar_number(number: int, numerals: int) -> str:
    """A month or day as it is read: ten is 十, not 一十."""
    text = read_out(str(number), numerals)
    return text[1:] if numerals == 1 and 10 <= number < 20 else text
