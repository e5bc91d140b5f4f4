"""问题清单: the first worksheet of an annotated workbook, one line a finding, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xlsxeval.forms.sheet_names import FINDINGS_SHEET
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.metrics import MAX_ROW_HEIGHT, wrapped_lines
from xlsxeval.workbook.list_head import head_lines
from xlsxeval.workbook.page_setup import A4
from xlsxeval.workbook.remark import SEVERITIES, Remark, shortened
from xlsxeval.workbook.styles import CHINESE_CHARSET, HEI, SONG

MOST_LINES = 3000
_SIZE = 10
_LINE_HEIGHT = 13.5
_PADDING = 6.0
_LONGEST = 200
_BORDER = {"border": 1, "border_color": "#A6A6A6"}
_CELL: dict[str, Any] = {
    "font_name": SONG,
    "font_charset": CHINESE_CHARSET,
    "font_size": _SIZE,
    "valign": "vcenter",
    "text_wrap": True,
}
_QUIET = {"font_color": "#7F7F7F"}
_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of the list: its heading and its width in characters."""

    title: str
    width: float
    align: str = "left"


COLUMNS = (
    ListColumn("序号", 5, "center"),
    ListColumn("附件", 8, "center"),
    ListColumn("单元格", 7, "center"),
    ListColumn("栏目", 12),
    ListColumn("问题", 22),
    ListColumn("现为", 11, "center"),
    ListColumn("应为", 11, "center"),
    ListColumn("怎么算的", 18),
    ListColumn("怎么改", 26),
    ListColumn("级别", 9, "center"),
    ListColumn("编号", 6, "center"),
    ListColumn("依据", 14),
    ListColumn("状态", 10),
)
_PLACE = [column.title for column in COLUMNS].index("单元格")


def write_list(book: Workbook, layout: Layout, file: str, remarks: Sequence[Remark], password: str) -> None:
    """Adds the list. ``file`` is the received file's name as the unit knows it; only its text is shown."""
    page = book.add_worksheet(FINDINGS_SHEET)
    page.activate()
    for index, column in enumerate(COLUMNS):
        page.set_column(index, index, column.width)
    header = _head(book, page, layout, file, remarks)
    _headings(book, page, header)
    last = _lines(book, page, header + 1, layout, remarks[:MOST_LINES])
    if len(remarks) > MOST_LINES:
        last += 1
        more = f"另有 {len(remarks) - MOST_LINES} 条没有列出：先改上面的，改好以后会再核对。"
        page.merge_range(last, 0, last, len(COLUMNS) - 1, more, book.add_format(_CELL | _BORDER))
    if remarks:
        page.autofilter(header, 0, last, len(COLUMNS) - 1)
    _page(page, header, last)
    page.protect(password, _PROTECTION)


def _head(book: Workbook, page: Worksheet, layout: Layout, file: str, remarks: Sequence[Remark]) -> int:
    """Title and what to do; returns the row for the headings."""
    title = book.add_format(_CELL | {"font_name": HEI, "font_size": 16, "align": "center"})
    plain = book.add_format(_CELL | {"align": "left"})
    last = len(COLUMNS) - 1
    page.set_row(0, 30)
    page.merge_range(0, 0, 0, last, FINDINGS_SHEET, title)
    room = sum(column.width for column in COLUMNS)
    texts = head_lines(layout, file, remarks)
    for row, text in enumerate(texts, start=1):
        page.set_row(row, _height(wrapped_lines(text, room)))
        page.merge_range(row, 0, row, last, "", plain)
        page.write_string(row, 0, text, plain)
    return len(texts) + 1


def _headings(book: Workbook, page: Worksheet, row: int) -> None:
    style = book.add_format(_CELL | _BORDER | {"font_name": HEI, "align": "center", "bg_color": "#E7E6E6"})
    page.set_row(row, _height(1))
    for index, column in enumerate(COLUMNS):
        page.write_string(row, index, column.title, style)


def _lines(book: Workbook, page: Worksheet, first: int, layout: Layout, remarks: Sequence[Remark]) -> int:
    """One line a remark; returns the last row."""
    styles = {
        (column.align, settled): book.add_format(
            _CELL | _BORDER | {"align": column.align} | (_QUIET if settled else {})
        )
        for column in COLUMNS
        for settled in (False, True)
    }
    link = book.add_format(_CELL | _BORDER | {"align": "center", "font_color": "#0563C1", "underline": 1})
    attachments = {sheet.name: sheet.attachment or sheet.name for sheet in layout.sheets}
    row = first - 1
    for row, remark in enumerate(remarks, start=first):
        texts = [str(row - first + 1), *_texts(remark, attachments)]
        for index, (column, text) in enumerate(zip(COLUMNS, texts, strict=True)):
            style = styles[column.align, remark.settled]
            target = _target(remark) if index == _PLACE else None
            if target is not None:
                page.write_url(row, index, f"internal:{target}", link, string=text, tip="点击跳到这一格")
            elif index == 0:
                page.write_number(row, index, int(text), style)
            else:
                page.write_string(row, index, text, style)
        lines = max(wrapped_lines(text, column.width) for column, text in zip(COLUMNS, texts, strict=True))
        page.set_row(row, _height(lines))
    return row


def _height(lines: int) -> float:
    """Points for so many lines in the list's own, smaller type."""
    return min(MAX_ROW_HEIGHT, lines * _LINE_HEIGHT + _PADDING)


def _texts(remark: Remark, attachments: dict[str, str]) -> list[str]:
    """The texts of a line, from the second column on."""
    finding = remark.finding
    place = remark.cell.a1 if remark.cell else "整张表" if remark.sheet else "整个文件"
    if remark.received is not None:
        place = f"{remark.cell.a1 if remark.cell else '—'}\n（报来时在 {remark.received}）"
    texts = [
        attachments.get(remark.sheet or "", remark.sheet or "—"),
        place,
        finding.label,
        finding.message.removeprefix(f"{finding.label}："),
        finding.shown,
        finding.expected,
        finding.working,
        remark.advice,
        SEVERITIES[finding.severity],
        finding.code,
        finding.basis,
        remark.status,
    ]
    return [shortened(text, _LONGEST) for text in texts]


def _target(remark: Remark) -> str | None:
    if remark.cell is not None:
        return f"'{remark.cell.sheet}'!{remark.cell.a1}"
    return f"'{remark.sheet}'!A1" if remark.sheet is not None else None


def _page(page: Worksheet, header: int, last: int) -> None:
    page.freeze_panes(header + 1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.print_area(0, 0, last, len(COLUMNS) - 1)
    page.set_footer('&C&"宋体,常规"&10第 &P 页，共 &N 页')
    page.hide_gridlines(2)
    page.ignore_errors({"number_stored_as_text": f"A1:{chr(64 + len(COLUMNS))}{last + 1}"})
