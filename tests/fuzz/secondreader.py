"""A workbook as openpyxl reads it, held against what xlsxeval made of it: what must agree when nothing was told.

A file without a finding is believed. So whatever was done to it, every value that counts must be the one that another
program shows, and every locked cell must be as it was sent out.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import unicodedata
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.formula import Tokenizer
from openpyxl.utils.datetime import to_excel

from xlsxeval.calc import FormulaSyntaxError, Scalar, format_value, parse, same_formula
from xlsxeval.intake.literals import unescape
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import Layout, PlacedCell

_SAME = 1e-12
_SHOWN = 1e-9
_MOMENT = 1e-7
"""Of a day: openpyxl rounds what has the format of a date to the millisecond."""
_TRUTH = {True: "TRUE", False: "FALSE"}


def disagreements(submission: Submission, data: bytes) -> Iterator[str]:
    """Every cell that openpyxl sees otherwise than xlsxeval. Raises whatever openpyxl raises where it cannot read the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas = load_workbook(io.BytesIO(data))
        stored = load_workbook(io.BytesIO(data), data_only=True)
    for cell in submission.layout.cells.values():
        page = formulas[cell.address.sheet]
        found, shown = (_unescaped(book[cell.address.sheet][cell.address.a1].value) for book in (formulas, stored))
        if found == "=":  # an empty formula: the stored value is a constant
            found = shown
        if not cell.locked:
            ours = submission.inputs[cell.address]
            if not _same_input(cell, ours, found, page[cell.address.a1].number_format, formulas):
                yield f"{cell.address}: read {ours!r}, shown {found!r}"
        elif cell.formula is not None:
            text = submission.layout.formula_texts[cell.address]
            if not isinstance(found, str) or not found.startswith("=") or not same_text(found[1:], text):
                yield f"{cell.address}: formula {found!r}, not {text!r}"
            if cell.slot is not None and cell.look.role != "helper":
                computed = submission.recomputed[cell.address]
                if shown is not None and not _same_shown(shown, computed):
                    yield f"{cell.address}: shows {shown!r}, computed {computed!r}"
        elif not _same_constant(cell.value, found):
            yield f"{cell.address}: {found!r}, not {cell.value!r}"
        if cell.locked and not page[cell.address.a1].protection.locked:
            yield f"{cell.address}: unlocked"
        if cell.locked and not _same_format(cell, page[cell.address.a1].number_format):
            yield f"{cell.address}: shown as {page[cell.address.a1].number_format!r}"
    yield from _surroundings(submission.layout, formulas)


def _same_format(cell: PlacedCell, found: str) -> bool:
    """Marks around a format change nothing; LibreOffice hands on percents and dates to cells without a format."""
    one, other = (re.sub(r'\[\$-[^\]]*\]|;@$|["\\]', "", code).casefold() for code in (cell.look.number_format, found))
    return one == other or (cell.formula is not None and one == "general" and ("%" in other or "yyyy" in other))


def _surroundings(layout: Layout, book: Workbook) -> Iterator[str]:
    for sheet in layout.sheets:
        page = book[sheet.name]
        own = {(cell.address.row, cell.address.column) for cell in sheet.cells}
        merges = {
            (
                cell.address.row,
                cell.address.column,
                cell.address.row + cell.rows - 1,
                cell.address.column + cell.columns - 1,
            )
            for cell in sheet.cells
            if cell.rows > 1 or cell.columns > 1
        }
        if merges != {(box.min_row, box.min_col, box.max_row, box.max_col) for box in page.merged_cells.ranges}:
            yield f"{sheet.name}: merged otherwise"
        if page.sheet_state != "visible" or not page.protection.sheet:
            yield f"{sheet.name}: {page.sheet_state}, protected {page.protection.sheet}"
        for row in page.iter_rows(max_row=min(page.max_row, 2000), max_col=min(page.max_column, 200)):
            for cell in row:
                if (cell.row, cell.column) not in own and str(cell.value or "").strip():
                    yield f"{sheet.name}!{cell.coordinate}: {cell.value!r} outside the form"


def _unescaped(value: Any) -> Any:
    """openpyxl leaves ``_x000D_`` as it stands."""
    if isinstance(value, CellRichText):
        value = str(value)
    return unescape(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    """Without what the eye does not see and programs rewrite: ends of lines, blanks at their ends."""
    lines = text.replace("_x000D_", "").replace("\r", "").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _TRUTH[value]
    return "" if value is None else str(value)


def _same_constant(expected: Scalar, found: Any) -> bool:
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, int | float) and isinstance(found, int | float | dt.date | dt.time):
        return _close(float(expected), _number(found), _SAME)
    return _plain(_digits(expected)) == _plain(_digits(found))  # digits may be a text or a number


def _digits(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else _text(value)


def _same_shown(shown: Any, computed: Any) -> bool:
    if isinstance(shown, bool) or isinstance(computed, bool):
        return shown is computed
    if isinstance(shown, int | float | dt.date | dt.time) and isinstance(computed, int | float):
        return _close(_number(shown), float(computed), _MOMENT if isinstance(shown, dt.date | dt.time) else _SHOWN)
    if isinstance(shown, int | float | dt.date) or isinstance(computed, int | float):
        return False
    return _text(shown) == _text(computed)


def _same_input(cell: PlacedCell, ours: Scalar, found: Any, number_format: str, book: Workbook) -> bool:
    """A number may have been typed as a text, a text as a number, a list's item in other widths: the rules say so."""
    assert cell.slot is not None
    kind = cell.slot.field.type.kind
    if ours is None:
        return found is None or not str(found).strip()
    if isinstance(found, dt.date | dt.time):
        if isinstance(ours, str):
            return True  # a serial number shown as a text: format_value is tested elsewhere
        return _close(float(ours), float(to_excel(found, epoch=book.epoch)), 1e-9)
    if isinstance(ours, bool) or isinstance(found, bool):
        return ours is found or (isinstance(ours, str) and ours == _text(found))
    if isinstance(ours, int | float):
        if isinstance(found, str):
            return kind == "date" or _close(float(ours), _read(found), _SAME)
        return isinstance(found, int | float) and _close(float(ours), float(found), _SAME)
    if isinstance(found, int | float):
        return ours == format_value(float(found), number_format)
    return _folded(ours) == _folded(_text(found)) if kind == "choice" else _plain(str(ours)) == _plain(_text(found))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _read(text: str) -> float:
    """A number typed as a text, read in another way than the program does."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip(" '\t\r\n\u3000").replace(",", "")
    try:
        return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)
    except ValueError:
        return math.nan


def _number(value: Any) -> float:
    return float(to_excel(value)) if isinstance(value, dt.date | dt.time) else float(value)


def _close(one: float, other: float, share: float) -> bool:
    return abs(one - other) <= share * max(1.0, abs(one), abs(other))


def same_text(found: str, expected: str) -> bool:
    """Whether two formulas are the same but for blanks, $, upper and lower case, prefixes; parentheses by their trees."""
    one, other = _tokens(found), _tokens(expected)
    if "".join(one) == "".join(other):  # blanks around a colon make other tokens
        return True
    if _joined(one) != _joined(other):
        return False
    try:
        return same_formula(parse(found), parse(expected))
    except FormulaSyntaxError:
        return False


def _joined(tokens: list[str]) -> str:
    return "".join(tokens).replace("(", "").replace(")", "")


def _tokens(formula: str) -> list[str]:
    found = []
    for token in Tokenizer(f"={formula}").items:
        text = token.value
        if token.type == "WHITE-SPACE":
            continue
        if token.subtype == "NUMBER":
            text = repr(float(text))
        elif token.subtype != "TEXT":
            text = text.casefold().replace("$", "").replace("_xlfn.", "").replace("_xlws.", "").replace(" ", "")
        found.append(text)
    return found
