"""项目: a line a project."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rollup.definition import Role
from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column, word_column
from xlsxeval.rollup.plan import PERCENT, Content, PlannedSheet
from xlsxeval.rollup.sheets.shared import (
    CODE,
    NAME,
    amount,
    amount_columns,
    grade,
    has_rate,
    info,
    mean_of,
    rate,
    score_column,
    total_of,
    whose,
)
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.table import Line, Looks, table

SHEET = "项目"


def projects_frame(summary: Summary) -> TableFrame | None:
    """Where the projects stand; None where there are none and no unit's figures follow from them."""
    definition = summary.definition
    if definition.project_form is None or not (summary.projects or definition.from_projects):
        return None
    roles = definition.project_roles
    columns = [CODE, NAME, FrameColumn("project", "项目名称", 34), FrameColumn("carried_by", "实施单位", 22)]
    columns += amount_columns(roles, [line.project.amounts for line in summary.projects])
    if has_rate(roles):
        columns.append(number_column("rate", "执行率", 10, PERCENT))
    columns += score_column(roles)
    if Role.SCORE in roles and summary.grades:
        columns.append(word_column("grade", "等次", 9))
    columns.append(word_column("sheet", "表", 10))
    return TableFrame(SHEET, columns, len(summary.projects))


def projects_sheet(summary: Summary, frame: TableFrame) -> PlannedSheet:
    """The worksheet."""
    totals: dict[str, Content] = {"project": "合计（得分为平均）" if frame.has(Role.SCORE) else "合计"}
    for role in summary.definition.project_roles:
        totals[role] = mean_of(frame, role) if role is Role.SCORE else total_of(frame, role)
    if frame.has("rate"):
        totals["rate"] = rate(frame, frame.total)
    title = f"{summary.campaign.year}年度项目支出绩效自评汇总表"
    return table(frame, title, info(summary), _lines(summary, frame), totals, frozen_columns=3)


def _lines(summary: Summary, frame: TableFrame) -> Iterator[tuple[Line, Looks]]:
    for row, line in enumerate(summary.projects, start=frame.first):
        project = line.project
        cells: dict[str, Content] = {
            **whose(line.whose),
            "project": project.name,
            "carried_by": project.carried_by,
            "sheet": project.sheet,
        }
        for role in summary.definition.project_roles:
            cells[role] = amount(project.amounts.get(role, ()))
        if frame.has("rate"):
            cells["rate"] = rate(frame, row)
        if frame.has("grade"):
            cells["grade"] = grade(summary.grades, frame.at(Role.SCORE, row))
        yield cells, {}
