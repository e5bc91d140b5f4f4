"""Edition → the bytes of a roster, empty or with a campaign's lines: headers, examples, lists to choose from, prompts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlsxeval.forms.definition import Edition
from xlsxeval.layout.metrics import MAX_ROW_HEIGHT, wrapped_lines
from xlsxeval.model import column_letters
from xlsxeval.roster.example_lines import example_line
from xlsxeval.roster.guidance import guidance
from xlsxeval.roster.plan import (
    CATALOGUE,
    FIGURES,
    GUIDE,
    TASK,
    TASK_HEADER,
    TEXTS,
    UNITS,
    Plan,
    RosterColumn,
    RosterTable,
    make_plan,
)
from xlsxeval.roster.setting_lines import SETTINGS, SETTINGS_TABLE
from xlsxeval.roster.styles import properties
from xlsxeval.roster.validations import UNIT_CODES, growing_list, validation

A4 = 9
_CREATED = dt.datetime(2024, 1, 1)  # a fixed date: the same edition gives the same bytes
_LINE = 16.0
_INDENT = 2.0
_GUIDE_WIDTH = 100
_TASK_WIDTHS = (14, 40, 60)
_CATALOGUE = (("附件", 12), ("字段", 44), ("写在", 10), ("填什么", 40), ("提示", 44))
_SPARE = 500
"""Lines that can still be written below those of a campaign."""
_TABS = {GUIDE: "#7F7F7F", CATALOGUE: "#7F7F7F"}
_TAB = "#1F4E79"

Value = str | int | float | dt.date | None
Lines = Mapping[str, Sequence[Mapping[str, Any]]]
"""The lines of tables by their names: values by the keys of the columns."""


def roster_bytes(
    edition: Edition,
    editions: tuple[str, ...],
    task: Mapping[str, Value],
    advice: str = "运行 xlsxeval generate",
    lines: Lines | None = None,
) -> bytes:
    """The workbook; ``task`` has the values of 任务 that are known (campaign, edition, year, department, deadline).

    ``advice`` is what to do when the roster is filled in; ``lines`` are written into the tables.
    """
    lines = lines or {}
    plan = _with_room(make_plan(edition, editions), lines)
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": f"绩效自评名册：{edition.title}", "created": _CREATED})
    writer = _Writer(book, plan, edition)
    writer.guide(guidance(edition, plan, advice))
    writer.task(task)
    for table in plan.tables:
        writer.table(table, lines.get(table.name, ()))
    if plan.items or plan.texts:
        writer.catalogue()
    _define_lists(book, plan)
    book.close()
    return buffer.getvalue()


def _with_room(plan: Plan, lines: Lines) -> Plan:
    """The plan with tables that have room for their lines and for more, and with 设置 where anything is set."""
    if lines.get(SETTINGS):
        plan = replace(plan, tables=(*plan.tables, SETTINGS_TABLE))
    room = {name: len(of_table) + _SPARE for name, of_table in lines.items()}
    return replace(
        plan, tables=tuple(replace(table, lines=max(table.lines, room.get(table.name, 0))) for table in plan.tables)
    )


def _height(table: RosterTable, line: Mapping[str, Any]) -> float:
    """Points for a line in which all its texts are seen, never more than Excel allows."""
    return _text_height((str(line[column.key]), column.width) for column in table.columns if column.key in line)


def _text_height(texts: Iterable[tuple[str, float]]) -> float:
    """Points for texts beside each other, each with the width of its column."""
    return min(MAX_ROW_HEIGHT, _LINE * max(wrapped_lines(text, width - _INDENT) for text, width in texts) + 4)


def _define_lists(book: Workbook, plan: Plan) -> None:
    table = plan.table(UNITS)
    assert table is not None
    book.define_name(UNIT_CODES, growing_list(UNITS, "A", table.lines))


class _Writer:
    def __init__(self, book: Workbook, plan: Plan, edition: Edition) -> None:
        self.book = book
        self.plan = plan
        self.edition = edition
        self._formats: dict[tuple[str, str], Format] = {}

    def guide(self, lines: list[tuple[str, str]]) -> None:
        page = self._page(GUIDE, landscape=False)
        page.set_column(0, 0, _GUIDE_WIDTH)
        page.hide_gridlines(2)
        for row, (role, text) in enumerate(lines):
            page.set_row(row, 30 if role in ("title", "heading") else _LINE * wrapped_lines(text, _GUIDE_WIDTH) + 4)
            page.write_string(row, 0, text, self._format(role))

    def task(self, values: Mapping[str, Value]) -> None:
        page = self._page(TASK, landscape=True)
        page.hide_gridlines(2)
        for column, (title, width) in enumerate(zip(TASK_HEADER, _TASK_WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, title, self._format("optional"))
        page.set_row(0, 26)
        for row, item in enumerate(self.plan.task, start=1):
            page.set_row(row, 26)
            page.write_string(row, 0, item.title, self._format("label"))
            self._value(page, row, 1, values.get(item.key), self._format("input", item.kind))
            page.write_string(row, 2, item.hint, self._format("hint"))
            page.data_validation(row, 1, row, 1, validation(item, self.plan, None))
        page.freeze_panes(1, 0)

    def table(self, table: RosterTable, lines: Sequence[Mapping[str, Any]]) -> None:
        page = self._page(table.name, landscape=True)
        example = example_line(table, self.plan, self.edition)
        page.set_row(0, 32)
        page.set_row(1, 34 if any(wrapped_lines(str(v), 28) > 1 for v in example.values()) else 22)
        for row, line in enumerate(lines, start=2):
            page.set_row(row, _height(table, line))
        for number, column in enumerate(table.columns):
            self._column(page, number, column)
            value = example.get(column.key)
            self._value(page, 1, number, value, self._format("example", column.kind))
            page.data_validation(2, number, table.lines, number, validation(column, self.plan, table))
            for row, line in enumerate(lines, start=2):
                if line.get(column.key) is not None:
                    self._value(page, row, number, line[column.key], self._format("data", column.kind))
        page.freeze_panes(1, 2 if len(table.columns) > 4 else 1)
        page.repeat_rows(0)
        codes = [number for number, column in enumerate(table.columns) if column.kind != "number"]
        areas = [f"{column_letters(n + 1)}2:{column_letters(n + 1)}{table.lines + 1}" for n in codes]
        page.ignore_errors({"number_stored_as_text": " ".join(areas)})

    def catalogue(self) -> None:
        page = self._page(CATALOGUE, landscape=True)
        for column, (title, width) in enumerate(_CATALOGUE):
            page.set_column(column, column, width)
            page.write_string(0, column, title, self._format("optional"))
        page.set_row(0, 26)
        listed = [(item, name) for name in (FIGURES, TEXTS) for item in self.plan.listed(name)]
        for row, (item, name) in enumerate(listed, start=1):
            says = item.field.type.says
            if item.block:
                says += f"；可以有几行，第 1 到 {item.block.lines} 行"
            texts = (item.form_label, item.label, name, says, item.field.hint)
            page.set_row(row, _text_height(zip(texts, (width for _, width in _CATALOGUE), strict=True)))
            for column, text in enumerate(texts):
                page.write_string(row, column, text, self._format("listed"))
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, len(listed), len(_CATALOGUE) - 1)

    def _column(self, page: Worksheet, number: int, column: RosterColumn) -> None:
        page.set_column(number, number, column.width, self._format("data", column.kind))
        page.write_string(0, number, column.title, self._format("required" if column.required else "optional"))

    @staticmethod
    def _value(page: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
        if value is None:
            page.write_blank(row, column, None, style)
        elif isinstance(value, int | float):
            page.write_number(row, column, value, style)
        elif isinstance(value, dt.date):
            page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
        else:
            page.write_string(row, column, value, style)

    def _page(self, name: str, *, landscape: bool) -> Worksheet:
        page = self.book.add_worksheet(name)
        page.set_tab_color(_TABS.get(name, _TAB))
        page.set_paper(A4)
        if landscape:
            page.set_landscape()
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.set_header(f'&C&"黑体,常规"&14{name}')
        page.set_footer('&C&"宋体,常规"&10第 &P 页，共 &N 页')
        page.hide_gridlines(0)
        return page

    def _format(self, role: str, kind: str = "") -> Format:
        key = (role, kind)
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties(role, kind))
        return self._formats[key]
