"""What somebody would type into a roster to say the same as a campaign: cells with what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.labels import form_label
from xlsxeval.model import column_letters
from xlsxeval.roster.indicators import BLOCK
from xlsxeval.roster.items import items, texts
from xlsxeval.roster.plan import make_plan

FIRST = 3
Value = str | int | float | dt.date


class Typed(NamedTuple):
    sheet: str
    a1: str
    value: Value


def script(campaign: Campaign, edition: Edition) -> list[Typed]:
    """Every cell to type, sheet by sheet."""
    plan = make_plan(edition)
    task = {
        "编号": campaign.id,
        "版本": campaign.edition,
        "年度": campaign.year,
        "组织部门": campaign.department,
        "上报期限": campaign.deadline,
    }
    typed = [Typed("任务", f"B{row}", value) for row, value in enumerate(task.values(), start=2) if value is not None]
    makers = {"单位": _units, "项目": _projects, "指标": _indicators, "上年数": _figures, "文本": _texts}
    for table in plan.tables:
        titles = [column.title for column in table.columns]
        for row, line in enumerate(makers[table.name](campaign, edition), start=FIRST):
            cells = {titles.index(title): value for title, value in line.items() if value is not None}
            typed += [Typed(table.name, f"{column_letters(n + 1)}{row}", value) for n, value in sorted(cells.items())]
    return typed


def _units(campaign: Campaign, edition: Edition) -> Iterator[dict[str, Any]]:
    for unit in campaign.units:
        line = {"代码": unit.code, "名称": unit.name}
        for form in edition.forms:
            if unit.forms is not None and form.id not in unit.forms:
                line[form_label(form)] = "不填"
        yield line


def _projects(campaign: Campaign, _: Edition) -> Iterator[dict[str, Any]]:
    for unit in campaign.units:
        for project in unit.projects:
            yield {
                "单位代码": unit.code,
                "项目名称": project.name,
                "主管部门": project.department,
                "实施单位": project.unit,
            }


def _owners(unit: Unit, edition: Edition) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Who is given what: the line's first cells, the form, the given values."""
    for form_id, given in unit.given.items():
        yield {"单位代码": unit.code}, form_id, given
    form = next((form.id for form in edition.forms if form.each == "project"), "")
    for project in unit.projects:
        yield {"单位代码": unit.code, "项目名称": project.name}, form, project.given


def _indicators(campaign: Campaign, edition: Edition) -> Iterator[dict[str, Any]]:
    columns = make_plan(edition).indicators
    for unit in campaign.units:
        for owner, _, given in _owners(unit, edition):
            for line in given.get(BLOCK, []):
                yield owner | {column.label: line.get(column.name) for column in columns}


def _figures(campaign: Campaign, edition: Edition) -> Iterator[dict[str, Any]]:
    for unit in campaign.units:
        for owner, form_id, given in _owners(unit, edition):
            for item in (item for item in items(edition) if item.form.id == form_id):
                what = owner | {"附件": item.form_label, "字段": item.label}
                if item.block is None and item.field.id in given:
                    yield what | {"值": given[item.field.id]}
                for number, line in enumerate(given.get(item.field.block, []) if item.block else [], start=1):
                    if item.field.short in line:
                        yield what | {"第几行": number, "值": line[item.field.short]}


def _texts(campaign: Campaign, edition: Edition) -> Iterator[dict[str, Any]]:
    for unit in campaign.units:
        for owner, form_id, given in _owners(unit, edition):
            for item in texts(edition):
                if item.form.id == form_id and item.field.id in given:
                    yield owner | {"附件": item.form_label, "字段": item.label, "文字": given[item.field.id]}
