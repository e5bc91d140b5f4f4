"""Changes to a roster that a person did not type in Excel: one value of 任务, everything else left as it is."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from pathlib import Path

from openpyxl import load_workbook

from xlsxeval.errors import UsageError
from xlsxeval.roster.book import read_book
from xlsxeval.roster.plan import TASK, UNITS

_LABELS, _VALUES = 1, 2


def with_task_value(data: bytes, label: str, value: str | int | dt.date) -> bytes:
    """The roster with another value beside a label of 任务. Raises UsageError where it has no such label."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data))
    page = book[TASK]
    row = next((row for row in range(1, page.max_row + 1) if str(page.cell(row, _LABELS).value).strip() == label), None)
    if row is None:
        raise UsageError(f"名册的“{TASK}”里没有“{label}”这一行。请在 Excel 里补上，或重新生成名册。")
    page.cell(row, _VALUES).value = value
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def refuse_other_book(path: Path) -> None:
    """Raises UsageError where a workbook is no roster, DefinitionError where it cannot be read."""
    sheets = read_book(path)
    if TASK not in sheets or UNITS not in sheets:
        found = "、".join(sheets)
        raise UsageError(f"这不是名册：没有“{TASK}”和“{UNITS}”两张工作表（现有：{found}）。请交任务里的 名册.xlsx。")
