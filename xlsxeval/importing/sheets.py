"""The worksheets of a workbook as blank forms: guarded first, then read by openpyxl. Whatever the bytes, no traceback."""

from __future__ import annotations

import io
import warnings

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlsxeval.errors import Problem
from xlsxeval.importing.blank import BlankSheet, a1_of
from xlsxeval.importing.cells import bordered, read_areas, read_widths
from xlsxeval.intake.cells import Box, RawSheet
from xlsxeval.intake.reader import read_workbook
from xlsxeval.model import column_letters

MAX_ROWS = 300
MAX_COLUMNS = 40
_MOST_MERGES = 3000


def read_sheets(data: bytes, where: str) -> tuple[list[BlankSheet], list[Problem]]:
    """Every visible worksheet with content, and what is wrong with those that cannot be read.

    Overlapping merged areas and hidden lines are read and noted. Raises Rejected for what is no sound workbook.
    """
    raw = read_workbook(data)
    visible = [sheet for sheet in raw.sheets if sheet.kind == "worksheet" and sheet.state == "visible"]
    found: list[BlankSheet] = []
    problems: list[Problem] = []
    chosen = [(sheet, box) for sheet in visible if (box := _extent(sheet)) is not None]
    if not chosen:
        said = "工作表都是空的" if visible else "没有看得见的工作表。请在 Excel 里取消隐藏，再试"
        return [], [Problem(where, 0, 0, said)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data)) if any(not _too_large(box) for _, box in chosen) else None
    except Exception as error:  # a file can be broken in any way, and openpyxl then raises whatever it met
        return [], [Problem(where, 0, 0, f"工作簿已损坏（{type(error).__name__}）。请打开后另存为 .xlsx 再试")]
    for sheet, box in chosen:
        try:
            whole = box
            if book is not None and not _too_large(box):
                page = book[sheet.name]
                whole = bordered(page, box, box[0] + MAX_ROWS, box[1] + MAX_COLUMNS)
            if book is None or _too_large(whole):
                problems.append(Problem(f"{where} {sheet.name}!{a1_of(whole)}", 0, 0, _size(whole)))
                continue
            found.append(_blank(page, whole, sheet))
        except Exception as error:
            problems.append(Problem(f"{where} {sheet.name}", 0, 0, f"工作表已损坏（{type(error).__name__}），没有读"))
    return found, problems


def _too_large(box: Box) -> bool:
    return box[2] - box[0] + 1 > MAX_ROWS or box[3] - box[1] + 1 > MAX_COLUMNS


def _size(box: Box) -> str:
    size = f"表有 {box[2] - box[0] + 1} 行、{box[3] - box[1] + 1} 列，最多读 {MAX_ROWS} 行、{MAX_COLUMNS} 列"
    return f"{size}。请把表样以外的内容删去（包括很远处的文字和合并），另存一份再试"


def _blank(page: Worksheet, box: Box, raw: RawSheet) -> BlankSheet:
    first_row, first_column, last_row, last_column = box
    merges, dropped = _apart(raw.merges)
    return BlankSheet(
        sheet=page.title,
        first_row=first_row,
        first_column=first_column,
        last_row=last_row,
        last_column=last_column,
        owner=read_areas(page, box, merges),
        widths=read_widths(page, first_column, last_column),
        heights={row: float(page.row_dimensions[row].height or 0) for row in range(first_row, last_row + 1)},
        landscape=page.page_setup.orientation == "landscape",
        notes=tuple(_notes(raw, box, dropped)),
    )


def _apart(merges: tuple[Box, ...] | list[Box]) -> tuple[list[Box], list[Box]]:
    """Merged areas of which none overlaps another, the larger before the smaller; and those left out."""
    kept: list[Box] = []
    dropped: list[Box] = []
    taken: set[tuple[int, int]] = set()
    ordered = sorted(set(merges), key=lambda box: ((box[0] - box[2] - 1) * (box[3] - box[1] + 1), box))
    for box in ordered[:_MOST_MERGES]:
        if _too_large(box):
            dropped.append(box)
            continue
        spots = {(row, column) for row in range(box[0], box[2] + 1) for column in range(box[1], box[3] + 1)}
        (dropped if spots & taken else kept).append(box)
        if not spots & taken:
            taken |= spots
    return kept, [*dropped, *ordered[_MOST_MERGES:]]


def _notes(sheet: RawSheet, box: Box, dropped: list[Box]) -> list[str]:
    notes = []
    if dropped:
        places = "、".join(a1_of(one) for one in dropped[:5])
        notes.append(f"有 {len(dropped)} 个合并区与别的合并区重叠（{places}），当作没有合并读了。")
    rows = [f"{first}–{last}" for first, last in sheet.hidden_rows if first <= box[2] and last >= box[0]]
    if rows or sheet.rows_hidden_by_default:
        notes.append(f"第 {'、'.join(rows[:5]) or '…'} 行原来是隐藏的，也读进来了；不要的请删去。")
    columns = [
        f"{column_letters(first)}–{column_letters(last)}"
        for first, last in sheet.hidden_columns
        if first <= box[3] and last >= box[1]
    ]
    if columns:
        notes.append(f"第 {'、'.join(columns[:5])} 列原来是隐藏的，也读进来了；不要的请删去。")
    return notes


def _extent(sheet: RawSheet) -> Box | None:
    """The rectangle of all that is printed: texts, formulas, merged areas. None on an empty worksheet."""
    boxes = [(cell.row, cell.column, cell.row, cell.column) for cell in sheet.cells.values() if not cell.empty]
    if not boxes:
        return None
    boxes += sheet.merges
    rows = [row for box in boxes for row in (box[0], box[2])]
    columns = [column for box in boxes for column in (box[1], box[3])]
    return min(rows), min(columns), max(rows), max(columns)
