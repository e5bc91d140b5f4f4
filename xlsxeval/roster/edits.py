"""Changes to a roster that a person did not type in Excel: one value of 任务, everything else left as it is."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from xlsxeval.errors import UsageError
from xlsxeval.roster.book import read_book
from xlsxeval.roster.plan import TASK, UNITS
from xlsxeval.roster.setting_lines import SETTINGS, SETTINGS_TABLE

_LABELS, _VALUES = 1, 2


def with_task_value(data: bytes, label: str, value: str | int | dt.date) -> bytes:
    """The roster with another value beside a label of 任务. Raises UsageError where it has no such label."""
    book = _opened(data)
    page = book[TASK]
    row = next((row for row in range(1, page.max_row + 1) if str(page.cell(row, _LABELS).value).strip() == label), None)
    if row is None:
        raise UsageError(f"名册的“{TASK}”里没有“{label}”这一行。请在 Excel 里补上，或重新生成名册。")
    page.cell(row, _VALUES).value = value
    return _saved(book)


def with_setting(data: bytes, name: str, value: str | int | None, basis: str = "") -> bytes:
    """The roster with another line of 设置, which is written where it is not there yet; None removes the line."""
    book = _opened(data)
    if SETTINGS not in book.sheetnames:
        page = book.create_sheet(SETTINGS, book.sheetnames.index(TASK) + 1)
        page.append([column.title for column in SETTINGS_TABLE.columns])
        for letter, column in zip("ABC", SETTINGS_TABLE.columns, strict=True):
            page.column_dimensions[letter].width = column.width
            page[f"{letter}1"].font = Font(bold=True)
    page = book[SETTINGS]
    titles = [str(cell.value).strip() for cell in page[1]]
    places = [titles.index(column.title) + 1 for column in SETTINGS_TABLE.columns if column.title in titles]
    if len(places) != len(SETTINGS_TABLE.columns):
        raise UsageError(
            f"名册的“{SETTINGS}”里表头改过了。请在 Excel 里改回来：{'、'.join(c.title for c in SETTINGS_TABLE.columns)}。"
        )
    rows = range(2, page.max_row + 1)
    row = next((row for row in rows if str(page.cell(row, places[0]).value).strip() == name), None)
    if value is None and row is not None:
        page.delete_rows(row)
    elif value is not None:
        row = row or page.max_row + 1
        for place, told in zip(places, (name, value, basis or None), strict=True):
            page.cell(row, place).value = told
    return _saved(book)


def refuse_other_book(path: Path) -> None:
    """Raises UsageError where a workbook is no roster, DefinitionError where it cannot be read."""
    sheets = read_book(path)
    if TASK not in sheets or UNITS not in sheets:
        found = "、".join(sheets)
        raise UsageError(f"这不是名册：没有“{TASK}”和“{UNITS}”两张工作表（现有：{found}）。请交任务里的 名册.xlsx。")


def _opened(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(data))


def _saved(book: Workbook) -> bytes:
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()
