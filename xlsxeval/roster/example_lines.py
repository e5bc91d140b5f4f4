"""The grey example line of each sheet of the roster: what a line looks like, never read."""

from __future__ import annotations

from xlsxeval.forms.definition import Edition
from xlsxeval.forms.unready import EXAMPLE_NAME, EXAMPLE_PROJECT
from xlsxeval.roster.examples import example_indicators
from xlsxeval.roster.indicators import indicator_forms
from xlsxeval.roster.items import RosterItem
from xlsxeval.roster.plan import EXAMPLE, FIELD_COLUMN, FIGURES, INDICATORS, PROJECTS, TEXTS, Plan, RosterTable
from xlsxeval.roster.setting_lines import SETTINGS

Line = dict[str, str | int]


def example_line(table: RosterTable, plan: Plan, edition: Edition) -> Line:
    """The values of the example line by the columns' keys; the first column says that it is an example."""
    line: Line = {"name": EXAMPLE_NAME}
    if table.name == PROJECTS:
        line = {"name": EXAMPLE_PROJECT, "department": EXAMPLE_NAME, "implementer": EXAMPLE_NAME}
    elif table.name == INDICATORS:
        line = _indicator(edition)
    elif table.name == FIGURES:
        line = _figure(plan)
    elif table.name == TEXTS:
        line = _text(plan)
    elif table.name == SETTINGS:
        line = {"value": "请核对", "basis": "某某会议明确"}
    line[table.columns[0].key] = EXAMPLE
    return line


def _indicator(edition: Edition) -> Line:
    forms = sorted(indicator_forms(edition), key=lambda form: form.each != "project")
    line: Line = {f"{FIELD_COLUMN}{key}": value for key, value in example_indicators(forms[0], edition)[0].items()}
    return line | ({"project": EXAMPLE_PROJECT} if forms[0].each == "project" else {})


def _figure(plan: Plan) -> Line:
    figures = [item for item in plan.items if item.block is None]
    item = next((item for item in figures if "上年" in item.label), (figures or list(plan.items))[0])
    return _named(item, 12)


def _text(plan: Plan) -> Line:
    item = next((item for item in plan.texts if item.field.id.startswith("goals.")), plan.texts[0])
    return _named(item, "完成某某工作，提高某某能力，群众满意。")


def _named(item: RosterItem, value: str | int) -> Line:
    line: Line = {"form": item.form_label, "item": item.label, "value": value}
    if item.form.each == "project":
        line["project"] = EXAMPLE_PROJECT
    return line
