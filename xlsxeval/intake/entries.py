"""What a unit typed into one input cell, read as its field says."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from xlsxeval.calc import Scalar, format_value
from xlsxeval.forms.definition import Field
from xlsxeval.forms.values import EPOCH, read_date, read_number
from xlsxeval.intake.cells import RawCell, RawWorkbook
from xlsxeval.layout.layout import PlacedCell

_FIRST_DAY, _LAST_DAY = 36_526, 73_415  # 2000-01-01 and 2100-12-31, as the data validation has them
_MOST_DIGITS = 15
"""Excel keeps so many of a number; the rest turns to zeros."""
_DAYS_1904 = 1462.0
"""Days between the beginnings of Excel's two date systems."""


class Note(StrEnum):
    """What is odd about an entry. Each is the business of one rule."""

    NORMALISED = "normalised"  # V001: a number typed as text, read for certain
    NOT_A_NUMBER = "not-a-number"  # V002
    NOT_FINITE = "not-finite"  # V003
    NOT_A_DATE = "not-a-date"  # V020
    FORMULA = "formula"  # V041
    ERROR = "error"  # V004
    RESPELT = "respelt"  # V051: an item of a list with other blanks or widths, read for certain
    DIGITS_LOST = "digits-lost"  # V003: more digits than Excel keeps


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: its cell in the layout, what the file has, and the value that is worked with.

    ``text`` is the number's own text or the text as typed; money is read from it as Decimal.
    """

    cell: PlacedCell
    raw: RawCell | None
    value: Scalar
    text: str
    note: Note | None = None

    @property
    def blank(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


def read_entry(cell: PlacedCell, raw: RawCell | None, book: RawWorkbook) -> Entry:
    """The entry of an input cell. Never raises: what cannot be read is kept as text with a note."""
    if raw is None or raw.empty:
        return Entry(cell, raw, None, "")
    value, text = raw.value, raw.text or ""
    note = Note.FORMULA if raw.formula is not None else None
    assert cell.slot is not None
    kind = cell.slot.field.type.kind
    if raw.kind == "e":
        odd = {"number": Note.NOT_A_NUMBER, "date": Note.NOT_A_DATE}.get(kind, Note.ERROR)
        return Entry(cell, raw, text, text, note or odd)
    if kind == "number":
        return _number(cell, raw, value, text, note)
    if kind == "date":
        return _date(cell, raw, value, text, note, _DAYS_1904 if book.date1904 else 0.0)
    if isinstance(value, float) and not isinstance(value, bool) and abs(value) >= 10.0**_MOST_DIGITS:
        note = note or Note.DIGITS_LOST  # a card's or a document's number, which should have been typed as text
    shown = text if isinstance(value, str) else format_value(value, book.style(raw).number_format)
    meant = _choice(shown, cell.slot.field) if note is None else shown
    return Entry(cell, raw, meant or None, shown, note if meant == shown else Note.RESPELT)


def _choice(text: str, field: Field) -> str:
    """The item of a strict list that a text is but for blanks and full-width letters, else the text itself."""
    found = [choice for choice in field.choices if field.strict and _plain(choice) == _plain(text)]
    return found[0] if len(found) == 1 else text


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _number(cell: PlacedCell, raw: RawCell, value: Scalar, text: str, note: Note | None) -> Entry:
    if isinstance(value, bool):
        return Entry(cell, raw, value, text, note or Note.NOT_A_NUMBER)
    if isinstance(value, float):
        if not math.isfinite(value):
            return Entry(cell, raw, None, text, Note.NOT_FINITE)
        return Entry(cell, raw, value + 0.0, text if value else "0", note)  # −0 is 0
    if value is None:
        return Entry(cell, raw, None, text, Note.NOT_FINITE if text else note)
    if not text.strip():
        return Entry(cell, raw, None, text, note)
    number = read_number(text)
    assert cell.slot is not None
    percent = text.rstrip().endswith(("%", "％")) and cell.slot.field.type.unit != "%"
    if number is None or percent:
        return Entry(cell, raw, text, text, note or Note.NOT_A_NUMBER)
    if len(number.normalize().as_tuple().digits) > _MOST_DIGITS:
        return Entry(cell, raw, float(number), str(number), note or Note.DIGITS_LOST)
    return Entry(cell, raw, float(number), str(number), note or Note.NORMALISED)


def _date(cell: PlacedCell, raw: RawCell, value: Scalar, text: str, note: Note | None, later: float) -> Entry:
    """A date as a serial number of the 1900 system; ``later`` is what the workbook's own system begins later."""
    if isinstance(value, float) and _FIRST_DAY <= value + later < _LAST_DAY + 1:
        return Entry(cell, raw, value + later, text, note)
    if not text.strip():
        return Entry(cell, raw, None, text, note)
    date = read_date(text)
    if date is None:
        return Entry(cell, raw, text, text, note or Note.NOT_A_DATE)
    day = (date - EPOCH).days
    odd = Note.NORMALISED if _FIRST_DAY <= day <= _LAST_DAY else Note.NOT_A_DATE
    return Entry(cell, raw, float(day), text, note or odd)
