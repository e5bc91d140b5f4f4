"""A sheet of the roster as rows of known columns; what would be overlooked or misread is told at its place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from openpyxl.utils import range_boundaries

from xlsxeval.errors import Problem
from xlsxeval.forms.yaml_file import Position, suggestion
from xlsxeval.model import column_letters
from xlsxeval.roster.book import StoredCell, StoredSheet
from xlsxeval.roster.cell_values import Unreadable, is_blank, text_of
from xlsxeval.roster.plan import EXAMPLE, TASK, RosterTable

_NAMES = ("text", "code", "choice")
"""Kinds of columns that name something; a figure over several lines is nobody's."""
_MOST_MERGED = 5000
_SUBTOTAL = re.compile(r"(?:.{0,12}[：:]?)?(?:合计|小计|总计)[：:]?")
_ANOTHER = "表样版本改了的，要用 xlsxeval new 按新版本重新生成名册"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line that the user wrote: its cells by the columns' keys. A column that is not there has no cell."""

    number: int
    cells: Mapping[str, StoredCell]

    @property
    def first(self) -> StoredCell:
        """The cell that a fault of the whole line is shown at."""
        return next(iter(self.cells.values()))


def find_sheet(
    sheets: Mapping[str, StoredSheet], name: str, book: Position
) -> tuple[StoredSheet | None, list[Problem]]:
    """The sheet of that name, and what is wrong with it as a whole."""
    sheet = sheets.get(name)
    if sheet is None:
        found = "、".join(sheets) or "一张也没有"
        message = f"缺少工作表「{name}」{suggestion(name, sheets)}。请把工作表名改回来（现有：{found}）"
        return None, [book.problem(message)]
    return sheet, [*sheet_faults(sheet), *(_merge_faults(sheet, {}) if name == TASK else [])]


def read_table(
    sheet: StoredSheet, table: RosterTable, example: Mapping[str, object] | None = None
) -> tuple[list[RosterRow], list[Problem]]:
    """The lines under the header: without blank lines, examples and subtotals. Columns are found by their titles.

    A name that was merged over several lines stands in each of them, as a person reads it.

    ``example`` is what the example line says by the columns' keys, None where that is not known. Where it says
    something else, somebody has typed over it and would be surprised that it is not read.
    """
    where, problems = _columns(sheet, table)
    downwards = merged_downwards(
        sheet, {where[column.key] for column in table.columns if column.key in where and column.kind in _NAMES}
    )
    problems += _merge_faults(sheet, downwards)
    rows = []
    for number in sorted(sheet.rows):
        own = {key: sheet.cell(number, column) for key, column in where.items()}
        if number == 1 or all(is_blank(cell) for cell in own.values()) or is_subtotal(own.values()):
            continue
        cells = {key: merged_cell(sheet, downwards, cell) for key, cell in own.items()}
        row = RosterRow(number, cells)
        if not _is_example(row):
            rows.append(row)
        elif example is not None and any(_says_more(cell, example.get(key)) for key, cell in list(cells.items())[1:]):
            message = f"这一行填了内容，第一格却还写着“{EXAMPLE}”，不会读。请把代码填上；只是示例的，删去这一行"
            problems.append(row.first.position.problem(message))
    return rows, problems


def merged_downwards(sheet: StoredSheet, columns: Container[int]) -> dict[tuple[int, int], int]:
    """The first row of merged cells that lie in one of these columns, for each row below it."""
    found: dict[tuple[int, int], int] = {}
    for first, top, last, bottom in map(_box, sheet.merges):
        if first == last and top > 1 and first in columns and bottom - top < _MOST_MERGED:
            found |= {(row, first): top for row in range(top, bottom + 1)}
    return found


def merged_cell(sheet: StoredSheet, downwards: Mapping[tuple[int, int], int], cell: StoredCell) -> StoredCell:
    """The cell, or that which was merged over it and others of its column."""
    top = downwards.get((cell.row, cell.column))
    return cell if top is None else replace(sheet.cell(top, cell.column), row=cell.row)


def _box(merged: str) -> tuple[int, int, int, int]:
    """``A3:B5`` as first column and row, last column and row."""
    first, top, last, bottom = (int(edge or 1) for edge in range_boundaries(merged))
    return first, top, last, bottom


def _merge_faults(sheet: StoredSheet, downwards: Mapping[tuple[int, int], int]) -> list[Problem]:
    """Merged cells of which nobody knows for which line or column they count."""
    message = "合并了单元格，只有左上角一格有内容，请取消合并，逐格填写"
    found = []
    for merged in sheet.merges:
        first, top, last, bottom = _box(merged)
        cells = [sheet.cell(top, column) for column in range(first, min(last, first + _MOST_MERGED) + 1)]
        if (top, first) not in downwards and not (top == bottom and is_subtotal(cells)):
            found.append(sheet.position(merged).problem(message))
    return found


def is_subtotal(cells: Iterable[StoredCell]) -> bool:
    """Whether a line is one of sums, as pasted tables have them: its only words say so."""
    words = ["".join(_quiet_text(cell).split()) for cell in cells if cell.kind == "text" and not is_blank(cell)]
    return bool(words) and all(_SUBTOTAL.fullmatch(word) for word in words)


def _says_more(cell: StoredCell, example: object) -> bool:
    return not is_blank(cell) and _quiet_text(cell) != str(example)


def _is_example(row: RosterRow) -> bool:
    return row.first.kind == "text" and text_of(row.first) == EXAMPLE


def _columns(sheet: StoredSheet, table: RosterTable) -> tuple[dict[str, int], list[Problem]]:
    """Where each column of the table is, and what is wrong with the header row."""
    problems: list[Problem] = []
    titles: dict[str, int] = {}
    for column, cell in sheet.rows.get(1, {}).items():
        title = _quiet_text(cell)
        if title in titles:
            problems.append(cell.position.problem(f"表头「{title}」出现了两次，请改掉或删去一个"))
        titles.setdefault(title, column)
    known = {column.title for column in table.columns}
    strange = [title for title in titles if title and title not in known]
    for usual, wanted in enumerate(table.columns, start=1):
        if wanted.title not in titles and not wanted.may_lack:
            guess = suggestion(wanted.title, strange)
            message = f"第 1 行缺少表头「{wanted.title}」{guess}，请把表头改回来。{_ANOTHER}"
            problems.append(sheet.position(f"{column_letters(usual)}1").problem(message))
    return {column.key: titles[column.title] for column in table.columns if column.title in titles}, problems


def _quiet_text(cell: StoredCell) -> str:
    try:
        return text_of(cell)
    except Unreadable:
        return ""


def sheet_faults(sheet: StoredSheet) -> list[Problem]:
    """Merged, hidden and computed cells: a person sees something else there than a program reads."""
    problems = []
    if sheet.hidden and sheet.rows:
        problems.append(sheet.position().problem("工作表被隐藏了，请取消隐藏，核对内容"))
    for first, last in _runs(row for row in sheet.rows if row in sheet.hidden_rows):
        rows = f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
        message = f"{rows}被隐藏或筛选掉了，却有内容。请取消隐藏和筛选：要的留下，不要的删去"
        problems.append(sheet.position(f"A{first}").problem(message))
    filled = {column for row in sheet.rows.values() for column in row}
    for column in sorted(filled & sheet.hidden_columns):
        letters = column_letters(column)
        problems.append(sheet.position(f"{letters}1").problem(f"{letters} 列被隐藏了，却有内容，请取消隐藏"))
    for row in sheet.rows.values():
        for cell in row.values():
            if cell.kind == "formula":
                message = "这一格是公式，名册里只能写定下来的内容。请复制这一格，再“选择性粘贴”为值"
                problems.append(cell.position.problem(message))
            elif cell.kind == "error":
                problems.append(cell.position.problem(f"这一格是错误值 {cell.value}，请重新填写"))
    return problems


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """``2 3 4 7`` → ``(2, 4) (7, 7)``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
