"""指标 of the roster: the approved indicators of units and projects."""

from __future__ import annotations

from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.labels import form_label
from xlsxeval.roster.cell_values import is_blank
from xlsxeval.roster.draft import Path_, RosterDraft
from xlsxeval.roster.indicators import BLOCK, indicator_forms
from xlsxeval.roster.plan import FIELD_COLUMN, Plan
from xlsxeval.roster.tables import RosterRow
from xlsxeval.roster.unit_lines import UnitLookup


def read_indicators(
    draft: RosterDraft, register: UnitLookup, rows: list[RosterRow], plan: Plan, edition: Edition
) -> None:
    """The lines of 指标, each given to the form of its project, or to the unit's own form where it names none."""
    for row in rows:
        owner = register.owner(row)
        if owner is None:
            continue
        path, is_project = owner
        form = _form(draft, row, edition, is_project=is_project)
        if form is None:
            continue
        holder = register.data(path)
        if is_project:
            lines, block = holder.setdefault(BLOCK, []), (*path, BLOCK)
        else:
            given = holder.setdefault("given", {}).setdefault(form.id, {})
            lines, block = given.setdefault(BLOCK, []), (*path, "given", form.id, BLOCK)
        line = _line(draft, row, plan, form, (*block, len(lines)))
        if line:
            draft.mark(block, row.first)
            lines.append(line)


def _form(draft: RosterDraft, row: RosterRow, edition: Edition, *, is_project: bool) -> Form | None:
    forms = [form for form in indicator_forms(edition) if (form.each == "project") == is_project]
    if len(forms) == 1 or (is_project and forms):
        return forms[0]
    if is_project:
        draft.fault(row.cells["project"], "这个版本的项目表没有指标，请清空项目名称")
        return None
    cell = row.cells.get("form")
    if not forms or cell is None:
        draft.fault(row.cells.get("project", row.first), "缺少项目名称，必须填写")
        return None
    label = draft.required(cell, draft.text(cell), "附件")
    found = next((form for form in forms if form_label(form) == label), None)
    if label is not None and found is None:
        draft.fault(cell, f"没有「{label}」这张表，请从下拉列表中选择")
    return found


def _line(draft: RosterDraft, row: RosterRow, plan: Plan, form: Form, path: Path_) -> dict[str, object]:
    line: dict[str, object] = {}
    draft.mark(path, row.first)
    filled = False
    for column in plan.indicators:
        cell = row.cells.get(f"{FIELD_COLUMN}{column.name}")
        if cell is None or is_blank(cell):
            continue
        filled = True
        field = column.fields.get(form.id)
        if field is None:
            draft.fault(cell, f"「{form_label(form)}」没有「{column.label}」这一列，请清空这一格")
            continue
        value = draft.value(cell, field)
        if value is not None:
            line[field.short] = value
            draft.mark((*path, field.short), cell)
    if not filled:
        draft.fault(row.first, "这一行没有写指标，请补上，或删去这一行")
    return line
