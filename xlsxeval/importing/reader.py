"""The Excel file of a blank form → BlankSheet: guarded first, then read by openpyxl. Whatever the bytes, no traceback."""

from __future__ import annotations

import io
import warnings
from itertools import combinations
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.importing.blank import BlankSheet, a1_of
from xlsxeval.importing.cells import bordered, read_areas, read_widths
from xlsxeval.intake.cells import Box, RawSheet, RawWorkbook
from xlsxeval.intake.reader import package_in, read_file, read_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.limits import Limits
from xlsxeval.model import column_letters

MAX_ROWS = 300
MAX_COLUMNS = 40
_RESAVE = "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx 再试"


def read_blank(path: Path, sheet: str | None = None) -> BlankSheet:
    """The blank form on one worksheet of a file; ``sheet`` may be left out where only one has content.

    Raises DefinitionError with every fault at its place: no xlsx or a broken one, several worksheets or none of that
    name, an empty or a huge one, hidden rows and columns, merged areas that overlap.
    """
    try:
        data, _ = package_in(read_file(path), Limits())
        raw = read_workbook(data)
    except Rejected as rejected:
        raise _fault(str(path), f"读不了：{rejected.fault.detail}。{_RESAVE}") from None
    chosen = _chosen(path, raw, sheet)
    where = f"{path} {chosen.name}"
    box = _extent(chosen)
    if box is None:
        raise _fault(where, "这张工作表是空的，没有可以读的表样。请确认文件，或用 --sheet 换一张工作表")
    _refuse(_faults(where, chosen, box))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            page = load_workbook(io.BytesIO(data))[chosen.name]
            whole = bordered(page, box, box[0] + MAX_ROWS, box[1] + MAX_COLUMNS)
            blank = _blank(page, whole)
    except Exception as error:  # a file can be broken in any way, and openpyxl then raises whatever it met
        raise _fault(where, f"工作簿已损坏（{type(error).__name__}）。{_RESAVE}") from None
    _refuse(_faults(where, chosen, whole))
    return blank


def _blank(page: Worksheet, box: Box) -> BlankSheet:
    first_row, first_column, last_row, last_column = box
    return BlankSheet(
        sheet=page.title,
        first_row=first_row,
        first_column=first_column,
        last_row=last_row,
        last_column=last_column,
        owner=read_areas(page, box),
        widths=read_widths(page, first_column, last_column),
        heights={row: float(page.row_dimensions[row].height or 0) for row in range(first_row, last_row + 1)},
        landscape=page.page_setup.orientation == "landscape",
    )


def _chosen(path: Path, raw: RawWorkbook, name: str | None) -> RawSheet:
    """The worksheet of that name, or the only visible one with content."""
    visible = [sheet for sheet in raw.sheets if sheet.kind == "worksheet" and sheet.state == "visible"]
    names = "、".join(sheet.name for sheet in visible)
    if not visible:
        raise _fault(str(path), "没有看得见的工作表。请在 Excel 里取消隐藏，再试")
    if name is not None:
        found = next((sheet for sheet in visible if sheet.name == name), None)
        if found is None:
            raise _fault(str(path), f"没有「{name}」这张看得见的工作表（现有：{names}）。请改 --sheet")
        return found
    filled = [sheet for sheet in visible if _extent(sheet)]
    if len(filled) > 1:
        names = "、".join(sheet.name for sheet in filled)
        raise _fault(str(path), f"有 {len(filled)} 张工作表有内容（{names}），不知道读哪一张。请加 --sheet 工作表名")
    return (filled or visible)[0]


def _extent(sheet: RawSheet) -> Box | None:
    """The rectangle of all that is printed: texts, formulas, merged areas. None on an empty worksheet."""
    boxes = [(cell.row, cell.column, cell.row, cell.column) for cell in sheet.cells.values() if not cell.empty]
    if not boxes:
        return None
    boxes += sheet.merges
    rows = [row for box in boxes for row in (box[0], box[2])]
    columns = [column for box in boxes for column in (box[1], box[3])]
    return min(rows), min(columns), max(rows), max(columns)


def _faults(where: str, sheet: RawSheet, box: Box) -> list[Problem]:
    """What makes a form unreadable, each at its place."""
    first_row, first_column, last_row, last_column = box
    rows, columns = last_row - first_row + 1, last_column - first_column + 1
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        size = f"表有 {rows} 行、{columns} 列，最多读 {MAX_ROWS} 行、{MAX_COLUMNS} 列"
        advice = "请把表样以外的内容删去（包括很远处的文字和合并），另存一份再试"
        return [Problem(f"{where}!{a1_of(box)}", 0, 0, f"{size}。{advice}")]
    problems = []
    for first, last in sheet.hidden_rows:
        if first <= last_row and last >= first_row:
            problems.append(Problem(f"{where}!{first}:{last}", 0, 0, "有隐藏的行，不知道要不要。请取消隐藏，或删去"))
    for first, last in sheet.hidden_columns:
        if first <= last_column and last >= first_column:
            place = f"{where}!{column_letters(first)}:{column_letters(last)}"
            problems.append(Problem(place, 0, 0, "有隐藏的列，不知道要不要。请取消隐藏，或删去"))
    if sheet.rows_hidden_by_default:
        problems.append(Problem(where, 0, 0, "没有写内容的行全部隐藏着。请全选后取消隐藏"))
    if len(sheet.merges) > rows * columns:
        problems.append(Problem(where, 0, 0, "合并区比单元格还多，文件不正常。请取消全部合并后重新合并"))
        return problems
    for one, other in combinations(sorted(set(sheet.merges)), 2):
        if other[0] > one[2]:
            continue
        if one[0] <= other[2] and one[1] <= other[3] and other[1] <= one[3]:
            message = f"与合并区 {a1_of(one)} 重叠，不知道以哪个为准。请取消合并后重新合并"
            problems.append(Problem(f"{where}!{a1_of(other)}", 0, 0, message))
    return problems[:50]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise DefinitionError(problems)


def _fault(where: str, message: str) -> DefinitionError:
    return DefinitionError(Problem(where, 0, 0, message))
