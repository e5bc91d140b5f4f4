"""The ways in which units lay out the same form: from a PrintedForm to the tables that stand in the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.support.published.sources import PrintedCell, PrintedForm

Tables = list[PrintedForm]
Layout = Callable[[PrintedForm], Tables]


def plain(form: PrintedForm) -> Tables:
    """One table, as the form has it."""
    return [form]


def wrapped(form: PrintedForm) -> Tables:
    """Figures and labels broken where the column is narrow; blanks around them."""
    return [replace(form, cells=tuple(replace(cell, text=_wrapped(cell.text)) for cell in form.cells))]


def _wrapped(text: str) -> str:
    if re.fullmatch(r"\d+\.\d+%?", text) and len(text) > 5:
        return f"{text[:5]}\n{text[5:]}"
    return f" {text[:3]}\n{text[3:]} " if 4 <= len(text) <= 8 and "\n" not in text else text


def two_tables(form: PrintedForm) -> Tables:
    """Funds in one table, indicators in another with other columns."""
    if form.head_row < 2:
        return [form]
    upper = [cell for cell in form.cells if cell.row < form.head_row]
    group = next((cell for cell in form.cells if cell.row == form.head_row and cell.column == 1), None)
    beside = 1 if group is not None and "".join(group.text.split()) == "绩效指标" else 0
    lower = [
        cell for cell in form.cells if cell.row > form.head_row or (cell.row == form.head_row and cell.column > beside)
    ]
    cut = form.head_row - 1
    upper = [replace(cell, rows=min(cell.rows, cut - cell.row + 1)) for cell in upper]
    lower = [replace(cell, row=cell.row - cut) for cell in lower]
    return [
        replace(form, cells=tuple(upper), head_row=0),
        replace(form, title="", mark="", cells=tuple(_left(lower)), head_row=1),
    ]


def _left(cells: list[PrintedCell]) -> list[PrintedCell]:
    """The cells without an empty or merged first column."""
    first = min(cell.column for cell in cells)
    return [replace(cell, column=cell.column - first + 1) for cell in cells]


def by_pages(form: PrintedForm, most: int = 14) -> Tables:
    """Cut by pages after a number of rows; the head of the indicators is repeated."""
    if form.rows <= most:
        return [form]
    tables: Tables = []
    start = 1
    heads = [cell for cell in form.cells if cell.row == form.head_row and cell.rows == 1]
    while start <= form.rows:
        repeat = bool(tables) and 0 < form.head_row < start
        end = min(start + most - 1, form.rows)
        cells = [replace(cell, row=1) for cell in heads] if repeat else []
        shift = start - 1 - int(repeat)
        for cell in form.cells:
            first, last = max(cell.row, start), min(cell.row + cell.rows - 1, end)
            if first <= last:
                text = cell.text if cell.row >= start else ""
                origin = cell.origin if cell.row >= start else ""
                cells.append(replace(cell, row=first - shift, rows=last - first + 1, text=text, origin=origin))
        if repeat:  # the head's own column that runs down
            held = {(cell.row, column) for cell in cells for column in range(cell.column, cell.column + cell.columns)}
            cells += [
                PrintedCell(1, column, 1, 1, "") for column in range(1, len(form.widths) + 1) if (1, column) not in held
            ]
        tables.append(
            replace(
                form, cells=tuple(cells), title=form.title if start == 1 else "", mark=form.mark if start == 1 else ""
            )
        )
        start = end + 1
    return tables


def spelled(form: PrintedForm) -> Tables:
    """Other spellings of the labels, values behind labels, points in the names of classes."""
    cells = []
    behind = {}
    for cell in form.cells:
        after = _next(form, cell)
        if (
            _BEHIND.search(cell.text)
            and after is not None
            and re.fullmatch(r"[\d.,]*", after.text)
            and not re.search("结转|拨款$", cell.text)
        ):
            behind[after] = cell
    for cell in form.cells:
        if cell in behind:
            continue
        mate = next((after for after, label in behind.items() if label is cell), None)
        if mate is not None:
            text = f"{cell.text.rstrip('：')}：{mate.text}"
            cells.append(replace(cell, columns=mate.column + mate.columns - cell.column, text=text, origin=mate.origin))
        else:
            text = next((new for old, new in _SPELLINGS if cell.text.replace("\n", "") == old), cell.text)
            cells.append(replace(cell, text=text))
    return [replace(form, cells=tuple(cells))]


_BEHIND = re.compile(r"(?:一般公共预算|政府性基金拨款|非税收入拨款|其中：基本支出|^项目支出|其他资金)：$")
_SPELLINGS = (
    ("年度指标值", "指标值"),
    ("实际完成值", "全年完成值"),
    ("年初预算数", "年初预算数(A)"),
    ("全年预算数", "全年预算数（B）"),
    ("全年执行数", "全年执行数（C）"),
    ("执行率", "执行率（C/B）"),
    ("得分", "自评得分"),
    ("总分", "总 分"),
    ("分值", "分值（权重）"),
    ("偏差原因分析及改进措施", "未完成原因及拟采取的改进措施"),
    ("年度资金总额", "年度资金总额："),
    ("其中：当年财政拨款", "其中：本年财政拨款"),
    ("上年结转资金", "      上年结转"),
)


def _next(form: PrintedForm, cell: PrintedCell) -> PrintedCell | None:
    return next(
        (other for other in form.cells if other.row == cell.row and other.column == cell.column + cell.columns), None
    )


def foreign(form: PrintedForm) -> Tables:
    """A number before every row of indicators, classes repeated in each row, heads in two lines, a spare column."""
    if not form.head_row:
        return [form]
    head = form.head_row
    cells: list[PrintedCell] = []
    for cell in form.cells:
        row = cell.row + (cell.row > head)
        if cell.row == head and cell.rows == 1 and cell.column > 1:
            cells.append(replace(cell, row=head + 1, column=cell.column + 1))
        elif cell.row == head:
            cells.append(replace(cell, row=head, rows=cell.rows + 1, column=cell.column + 1))
        elif cell.row > head and cell.rows > 1 and cell.column > 1:
            cells += [replace(cell, row=row + i, rows=1, column=cell.column + 1) for i in range(cell.rows)]
        elif cell.row > head:
            text = "合计得分" if "".join(cell.text.split()) == "总分" else cell.text
            cells.append(replace(cell, row=row, column=cell.column + 1, text=text))
        else:
            cells.append(replace(cell, column=cell.column + 1))
    last = max(cell.column + cell.columns for cell in cells)
    cells.append(PrintedCell(head, 3, 1, last - 3, "绩效指标完成情况"))
    numbered = 0
    for row in range(1, form.rows + 2):
        is_line = head + 1 < row and any(c.row == row and c.field.startswith("indicators[") for c in cells)
        numbered += is_line
        text = "序号" if row == head + 1 else str(numbered) if is_line else ""
        cells += [PrintedCell(row, 1, 1, 1, text), PrintedCell(row, last, 1, 1, "")]
    return [replace(form, cells=tuple(cells), widths=(4.0, *form.widths, 3.0), head_row=head + 1)]


LAYOUTS: dict[str, Layout] = {
    "plain": plain,
    "wrapped": wrapped,
    "two-tables": two_tables,
    "by-pages": by_pages,
    "spelled": spelled,
    "foreign": foreign,
}


def laid_out(forms: tuple[PrintedForm, ...], layout: str) -> Iterator[PrintedForm]:
    for form in forms:
        yield from LAYOUTS[layout](form)
