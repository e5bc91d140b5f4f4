"""A campaign as the lines of a roster: what somebody would type to say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.labels import form_label
from xlsxeval.roster.indicators import BLOCK, indicator_forms
from xlsxeval.roster.items import RosterItem
from xlsxeval.roster.plan import (
    FIELD_COLUMN,
    FIGURES,
    FILLED_IN,
    FORM_COLUMN,
    INDICATORS,
    NOT_FILLED_IN,
    PROJECTS,
    TEXTS,
    UNITS,
    Plan,
)
from xlsxeval.roster.setting_lines import SETTINGS, setting_lines

Line = dict[str, Any]
"""The values of a line by the keys of its columns."""


@dataclass(slots=True)
class CampaignLines:
    """The lines of every table, the values of 任务, and what a roster has no place for."""

    task: dict[str, str | int | dt.date | None]
    tables: dict[str, list[Line]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, table: str, line: Line) -> None:
        self.tables.setdefault(table, []).append(line)


def campaign_lines(campaign: Campaign, edition: Edition, plan: Plan) -> CampaignLines:
    """Everything that a campaign says; what a roster cannot say stands in ``left_out``, in words."""
    lines = CampaignLines(
        {
            "campaign": campaign.id,
            "edition": campaign.edition,
            "year": campaign.year,
            "department": campaign.department,
            "deadline": campaign.deadline,
            "last_year": None if campaign.last_year is None else str(campaign.last_year.absolute()),
        }
    )
    for line in setting_lines(campaign):
        lines.add(SETTINGS, line)
    if campaign.levels:
        lines.left_out.append(f"下级（{'、'.join(level.name for level in campaign.levels)}）")
    for unit in campaign.units:
        reached = {key: text for key, text in (("contact", unit.contact), ("email", unit.email)) if text}
        lines.add(UNITS, {"code": unit.code, "name": unit.name, **_forms(unit, edition), **reached})
        for form_id, given in unit.given.items():
            form = edition.form(form_id)
            assert form is not None
            _given(lines, {"unit": unit.code}, form, given, plan, edition)
        for project in unit.projects:
            parts = {"department": project.department, "implementer": project.unit}
            line = {"unit": unit.code, "name": project.name}
            lines.add(PROJECTS, line | {key: name for key, name in parts.items() if name != unit.name})
            form = next(form for form in edition.forms if form.each == "project")
            _given(lines, {"unit": unit.code, "project": project.name}, form, project.given, plan, edition)
    return lines


def _forms(unit: Unit, edition: Edition) -> Line:
    """What differs from the usual: 不填 and, for a form of the office, 填."""
    if unit.forms is None:
        return {}
    usual = {form.id: form.filled_by == "unit" for form in edition.forms}
    return {
        f"{FORM_COLUMN}{form_id}": NOT_FILLED_IN if is_usual else FILLED_IN
        for form_id, is_usual in usual.items()
        if is_usual != (form_id in unit.forms)
    }


def _given(
    lines: CampaignLines, owner: Line, form: Form, given: Mapping[str, Any], plan: Plan, edition: Edition
) -> None:
    known: set[tuple[str, str | None]] = set()
    if BLOCK in given and form in indicator_forms(edition):
        known |= _indicators(lines, owner, form, given[BLOCK], plan)
    for table in (FIGURES, TEXTS):
        for item in (item for item in plan.listed(table) if item.form.id == form.id):
            for line in _values(item, given):
                lines.add(table, owner | {"form": item.form_label, "item": item.label} | line)
            known.add((item.field.block or item.field.id, item.field.short if item.field.block else None))
    for name, value in given.items():
        keys = dict.fromkeys(key for line in value for key in line) if form.block(name) else [None]
        for key in keys:
            if (name, key) not in known:
                what = form.fields[f"{name}.{key}" if key else name].label
                lines.left_out.append(f"{owner['unit']} {owner.get('project', '')}「{form_label(form)}」的“{what}”")


def _indicators(
    lines: CampaignLines, owner: Line, form: Form, given: list[dict[str, Any]], plan: Plan
) -> set[tuple[str, str | None]]:
    columns = [column.name for column in plan.indicators if form.id in column.fields]
    table = plan.table(INDICATORS)
    assert table is not None
    if "project" not in owner and any(column.key == "form" for column in table.columns):
        owner = owner | {"form": form_label(form)}
    for line in given:
        lines.add(INDICATORS, owner | {f"{FIELD_COLUMN}{name}": line[name] for name in columns if name in line})
    return {(BLOCK, name) for name in columns}


def _values(item: RosterItem, given: Mapping[str, Any]) -> Iterator[Line]:
    """The value of a field, or those of a column of a block with the numbers of their lines."""
    block, short = item.field.block, item.field.short
    if block is None:
        if given.get(short) is not None:
            yield {"value": given[short]}
        return
    for number, line in enumerate(given.get(block, []), start=1):
        if line.get(short) is not None:
            yield {"line": number, "value": line[short]}
