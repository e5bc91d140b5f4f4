"""上年数 and 文本 of the roster: figures and texts that the campaign gives, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.roster.book import StoredCell
from xlsxeval.roster.draft import Path_, RosterDraft
from xlsxeval.roster.items import RosterItem
from xlsxeval.roster.tables import RosterRow
from xlsxeval.roster.unit_lines import UnitLookup

_NEEDED = ("form", "item", "value")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One line understood: whose figure it is, which one, in which line of a block, and the cell with the value."""

    path: Path_
    item: RosterItem
    line: int | None
    row: RosterRow

    @property
    def cell(self) -> StoredCell:
        return self.row.cells["value"]


def read_figures(draft: RosterDraft, register: UnitLookup, rows: list[RosterRow], listed: Sequence[RosterItem]) -> None:
    """The lines of a sheet that gives fields out of ``listed``; those of repeated lines are put together by their number."""
    figures = [figure for row in rows if (figure := _figure(draft, register, row, listed))]
    seen: dict[tuple[Path_, str, str, int | None], int] = {}
    for figure in figures:
        key = (figure.path, figure.item.form.id, figure.item.field.id, figure.line)
        if key in seen:
            message = f"「{figure.item.label}」与第 {seen[key]} 行重复，请删去一行"
            draft.fault(figure.row.cells["item"], message)
            continue
        seen[key] = figure.row.number
        value = draft.required(figure.cell, draft.value(figure.cell, figure.item.field), "值")
        if value is not None:
            _put(draft, register, figure, value)
    _gaps(draft, figures)


def _figure(draft: RosterDraft, register: UnitLookup, row: RosterRow, listed: Sequence[RosterItem]) -> _Figure | None:
    owner = register.owner(row)
    if owner is None or any(key not in row.cells for key in _NEEDED):
        return None
    path, is_project = owner
    form_cell, item_cell = row.cells["form"], row.cells["item"]
    form = draft.required(form_cell, draft.text(form_cell), "附件")
    label = draft.required(item_cell, draft.text(item_cell), "字段")
    if form is None or label is None:
        return None
    forms = list(dict.fromkeys(item.form_label for item in listed))
    if form not in forms:
        draft.fault(form_cell, f"没有「{form}」这张表，或它没有可以写在这里的字段（可用：{'、'.join(forms)}）")
        return None
    there = [item for item in listed if item.form_label == form]
    item = next((item for item in there if item.label == label), None)
    if item is None:
        guess = suggestion(label, [item.label for item in there])
        draft.fault(item_cell, f"「{form}」没有「{label}」这个字段{guess}。全部字段见「数据项」")
        return None
    if (item.form.each == "project") != is_project:
        whose = "要写明是哪个项目" if item.form.each == "project" else "是单位的表，请清空项目名称"
        draft.fault(row.cells.get("project", form_cell), f"「{form}」{whose}")
        return None
    line = _line_number(draft, row, item)
    return None if item.block and line is None else _Figure(path, item, line, row)


def _line_number(draft: RosterDraft, row: RosterRow, item: RosterItem) -> int | None:
    cell = row.cells.get("line")
    if cell is None:
        return None
    number = draft.number(cell, "第几行，填整数")
    if item.block is None:
        if number is not None:
            draft.fault(cell, f"「{item.label}」只有一个数，请清空“第几行”")
        return None
    if draft.required(cell, number, "“第几行”") is None or number is None:
        return None
    if number != int(number) or not 1 <= number <= item.block.lines:
        draft.fault(cell, f"第几行应为 1 到 {item.block.lines} 的整数，不能填 {number}")
        return None
    return int(number)


def _put(draft: RosterDraft, register: UnitLookup, figure: _Figure, value: Any) -> None:
    holder, field, path = register.data(figure.path), figure.item.field, (*figure.path, "given")
    given = holder.setdefault("given", {})
    if figure.item.form.each != "project":
        given, path = given.setdefault(figure.item.form.id, {}), (*path, figure.item.form.id)
    if figure.line is None:
        given[field.id] = value
        draft.mark((*path, field.id), figure.cell)
        return
    lines = given.setdefault(field.block, [])
    lines += [{} for _ in range(figure.line - len(lines))]
    lines[figure.line - 1][field.short] = value
    draft.mark((*path, str(field.block)), figure.row.first)
    draft.mark((*path, str(field.block), figure.line - 1, field.short), figure.cell)


def _gaps(draft: RosterDraft, figures: list[_Figure]) -> None:
    """Lines of a block count from 1 without gaps."""
    groups: dict[tuple[Path_, str, str | None], list[_Figure]] = {}
    for figure in figures:
        if figure.line is not None:
            key = (figure.path, figure.item.form.id, figure.item.field.block)
            groups.setdefault(key, []).append(figure)
    for group in groups.values():
        have = {figure.line for figure in group}
        for figure in group:
            if figure.line and figure.line > 1 and figure.line - 1 not in have:
                draft.fault(figure.row.cells["line"], f"有第 {figure.line} 行，却没有第 {figure.line - 1} 行")
                have.add(figure.line - 1)
