"""Typed-in text → the value that a cell of a field holds, and back to what people read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from xlsxeval.calc import Scalar
from xlsxeval.forms.definition import Field
from xlsxeval.forms.yaml_file import NOT_IN_XML

EPOCH = dt.date(1899, 12, 30)
MAX_CELL_TEXT = 32_767
_FIRST_DATE = dt.date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")


def read_number(text: str) -> Decimal | None:
    """The number that a person wrote, or None where it is not certainly one.

    Full-width digits, blanks around, a leading apostrophe, thousands separators and a percent sign are read
    (``"95%"`` is 0.95); anything with a unit or a comparator is not a number.
    """
    text = unicodedata.normalize("NFKC", text).replace("\u00a0", " ").replace("\u2212", "-").strip().lstrip("'").strip()
    percent = text.endswith("%")
    if percent:
        text = text[:-1].strip()
    if _GROUPED.match(text):
        text = text.replace(",", "")
    if not _NUMBER.match(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if number.adjusted() > 300:
        return None
    return number / 100 if percent else number


def read_date(text: str) -> dt.date | None:
    """``2025-05-19``, ``2025.5.19`` or ``2025 年 5 月 19 日`` as a date, or None."""
    match = _DATE.match(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return None
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def typed_value(field: Field, raw: Any) -> Scalar:
    """What a cell of ``field`` holds for a value of a YAML file.

    Raises ValueError with a Chinese clause where the value is not of the field's type.
    """
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool):
        raise ValueError(f"「{field.label}」应填{field.type.says.removeprefix('填')}；不能填 {raw}")
    if field.type.kind == "number":
        number = read_number(str(raw))
        if number is None:
            raise ValueError(f"「{field.label}」应填{field.type.says.removeprefix('填')}；不能填「{raw}」")
        return float(number)
    if field.type.kind == "date":
        date = _date(raw)
        if date is None:
            raise ValueError(f"「{field.label}」应为{field.type.says}，不能填「{raw}」")
        if date < _FIRST_DATE:
            raise ValueError(f"「{field.label}」应为 1900 年 3 月以后的日期，Excel 不认识「{raw}」")
        return float((date - EPOCH).days)
    if isinstance(raw, (dict, list)):
        raise ValueError(f"「{field.label}」应填一个值，不能填一组")
    text = str(raw)
    _storable(field, text)
    if field.choices and field.strict and text not in field.choices:
        raise ValueError(f"「{field.label}」应从下拉列表选择（{'、'.join(field.choices)}），不能填「{text}」")
    return text


def _date(raw: Any) -> dt.date | None:
    if isinstance(raw, dt.datetime):
        return raw.date()
    return raw if isinstance(raw, dt.date) else read_date(str(raw))


def text_length(text: str) -> int:
    """Characters as Excel counts them: one outside the first 65,536 of Unicode is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def _storable(field: Field, text: str) -> None:
    """Raises ValueError for a text that no worksheet can hold."""
    found = NOT_IN_XML.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise ValueError(f"「{field.label}」第 {found.start() + 1} 个字符是看不见的控制字符（{code}），请删去")
    length = text_length(text)
    if length > MAX_CELL_TEXT:
        raise ValueError(f"「{field.label}」有 {length:,} 个字符，一格最多 {MAX_CELL_TEXT:,} 个，请删减或分到几格")


INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control characters, zero-width characters and direction marks: no reader sees them, and reports must not carry them."""
