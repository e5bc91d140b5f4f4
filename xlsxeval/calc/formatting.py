"""What a cell shows: a value put into a number format. TEXT works with the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxeval.calc.chinese import digit_by_digit, read_out
from xlsxeval.calc.coercion import as_scalar, to_text
from xlsxeval.calc.date_format import render_date
from xlsxeval.calc.number_format import FormatError, FormatItem, FormatSection, read_format
from xlsxeval.calc.numbers import decimal_of, general
from xlsxeval.calc.numeral_format import render_number
from xlsxeval.calc.values import CellError, ExcelError, Scalar

TOO_WIDE = "########"
"""What a cell shows for a date before the calendar begins."""


def format_value(value: Scalar, number_format: str, *, date1904: bool = False, strict: bool = False) -> str:
    """A value as a cell with this number format shows it, in a cell wide enough.

    A format that cannot be read shows the value as General does; with ``strict``, as in TEXT, it raises CellError.
    """
    value = as_scalar(value)
    if value is None:
        return ""
    if isinstance(value, ExcelError) or (isinstance(value, bool) and not strict):
        return str(value).upper()
    if isinstance(value, bool):
        value = str(value).upper()
    try:
        sections = read_format(number_format)
    except FormatError:
        if strict:
            raise CellError(ExcelError.VALUE) from None
        return value if isinstance(value, str) else general(value)
    if isinstance(value, str):
        return _text(value, sections)
    section, sign = _choose(value, sections)
    if section.is_date:
        return _date(value, section, date1904=date1904, strict=strict)
    return _number(value, section, sign)


def _text(value: str, sections: Sequence[FormatSection]) -> str:
    """A text, by the fourth section or by one that holds ``@``."""
    section = sections[3] if len(sections) == 4 else sections[-1]
    plain = len(sections) == 1 and section.items and all(item.kind in ("text", "literal") for item in section.items)
    if not plain and not any(item.kind == "text" for item in section.items) and len(sections) < 4:
        return value
    return "".join(
        value if item.kind == "text" else item.text for item in section.items if item.kind in ("text", "literal")
    )


def _choose(value: float, sections: Sequence[FormatSection]) -> tuple[FormatSection, str]:
    """The section for a number, and the sign that is written before it.

    The last one is for texts where there are four, or where it holds ``@``. A number that meets no condition is shown as
    General by a single section, and as a row of # by several.
    """
    of_text = len(sections) > 1 and (len(sections) == 4 or any(item.kind == "text" for item in sections[-1].items))
    sections = sections[:-1] if of_text else sections
    sign = "-" if value < 0 else ""
    if len(sections) == 1 and sections[0].condition is not None:
        return (sections[0] if sections[0].condition(value) else _GENERAL), sign
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or section.condition(value):
                return section, "" if section.negative_only else sign
        return _NOTHING_FITS, ""
    if len(sections) == 1:
        return sections[0], sign
    if value < 0:
        return sections[1], ""
    if value == 0 and len(sections) == 3:
        return sections[2], ""
    return sections[0], ""


_GENERAL: Final = FormatSection((FormatItem("general", "General"),))
_NOTHING_FITS: Final = FormatSection((FormatItem("literal", TOO_WIDE),))


def _date(value: float, section: FormatSection, *, date1904: bool, strict: bool) -> str:
    try:
        return render_date(value, section, date1904=date1904)
    except CellError:
        if strict:
            raise CellError(ExcelError.VALUE) from None
        return TOO_WIDE


def _number(value: float, section: FormatSection, sign: str) -> str:
    items = section.items
    if any(item.kind == "general" for item in items):
        shown = general(abs(value))
        if section.numerals:
            shown = read_out(f"{decimal_of(abs(value)):f}", section.numerals)
        return sign + "".join(shown if item.kind == "general" else item.text for item in items)
    if any(item.kind == "text" for item in items):
        shown = to_text(abs(value))
        return sign + "".join(shown if item.kind == "text" else item.text for item in items)
    text = render_number(decimal_of(abs(value)), items)
    if sign and not _shows_something(text, items):
        sign = ""
    return sign + (digit_by_digit(text, section.numerals) if section.numerals else text)


def _shows_something(text: str, items: Sequence[FormatItem]) -> bool:
    """Whether a negative number still shows a digit other than 0: -0.001 as ``0.00`` has no sign."""
    if not any(item.kind == "digit" for item in items):
        return True
    return any(character in "123456789" for character in text)
