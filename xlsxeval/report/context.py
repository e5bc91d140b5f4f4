"""Submission → what a template can name: forms by id, projects as a list, the campaign, the unit, the attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell, SheetLayout
from xlsxeval.report.attachments import Attachments, attachments_of
from xlsxeval.report.contents import Contents
from xlsxeval.report.fields import BlankValue, FieldGroup, field_value
from xlsxeval.report.inline import InlineTable
from xlsxeval.report.lines import counting_value, empty_lines

Cells = Mapping[str, PlacedCell | None]
"""Fields by dotted name; None where the unit does not fill in the form."""


def report_context(submission: Submission) -> dict[str, Any]:
    """The names of a template.

    A form is a group of its fields under its id (``overall.funds.executed``); a form that every project has is a list
    under its id and an ``s`` (``projects``), each with ``number`` and ``attachment`` besides its fields. A repeated
    block is a list of its lines (``overall.indicators``), the empty ones left out. A form that the unit does not fill
    in is false and all its fields are blank.
    """
    layout = submission.layout
    context = campaign_names(layout.campaign, submission.unit, layout.edition)
    for form in layout.edition.forms:
        sheets = [sheet for sheet in layout.sheets if sheet.form is not None and sheet.form.id == form.id]
        if form.each:
            context[f"{form.id}s"] = [_form(submission, sheet) for sheet in sheets]
        else:
            context[form.id] = _form(submission, sheets[0]) if sheets else _absent(form, submission)
    attachments = attachments_of(layout)
    context["contents"] = Contents()
    context["attachments"] = attachments
    context["attachment_list"] = _attachment_list(attachments)
    return context


def campaign_names(campaign: Campaign, unit: Unit, edition: Edition) -> dict[str, Any]:
    """What is known of a unit before it has filled in anything."""
    deadline = campaign.deadline
    values = {name: parameter.value for name, parameter in edition.parameters.items()}
    return {
        "year": campaign.year,
        "unit": FieldGroup("单位（unit）", {"name": unit.name, "code": unit.code}),
        "department": campaign.department,
        "deadline": f"{deadline.year}年{deadline.month}月{deadline.day}日" if deadline else BlankValue(),
        "edition": FieldGroup("版本（edition）", {"title": edition.title, "id": edition.id}),
        "parameters": FieldGroup("参数（parameters）", _parameters("参数", values)),
    }


def _parameters(name: str, values: Mapping[str, float | str | bool]) -> dict[str, Any]:
    """Parameters by dotted name → nested names; a switch that is off is blank."""
    fields: dict[str, Any] = {}
    for head in dict.fromkeys(path.partition(".")[0] for path in values):
        below = {path.removeprefix(f"{head}."): value for path, value in values.items() if path.startswith(f"{head}.")}
        children = _parameters(f"{name}的「{head}」", below)
        value = values.get(head)
        if head not in values:
            fields[head] = FieldGroup(f"{name}的「{head}」", children)
        else:
            fields[head] = BlankValue(children) if value is False else field_value(value, "General", children)
    return fields


def _form(submission: Submission, sheet: SheetLayout) -> FieldGroup:
    assert sheet.form is not None
    known = sheet.form.fields.values()  # a form that was sent earlier may lack some of today's
    cells: dict[str, PlacedCell | None] = {field.id: None for field in known if field.block is None}
    blocks: dict[str, dict[int, dict[str, PlacedCell | None]]] = {field.block: {} for field in known if field.block}
    in_line: dict[str, dict[str, PlacedCell | None]] = {
        block: {field.short: None for field in known if field.block == block} for block in blocks
    }
    for cell in sheet.cells:
        slot = cell.slot
        if slot is None:
            continue
        if slot.line is None:
            cells[slot.field.id] = cell
        else:
            for line in range(slot.line, slot.line + cell.rows):  # a merged cell is every line's that it covers
                block = str(slot.field.block)
                blocks[block].setdefault(line, dict(in_line[block]))[slot.field.short] = cell
    name = f"表「{sheet.name}」"
    fields = _tree(name, cells, submission)
    for block, lines in blocks.items():
        left_out = empty_lines(submission, sheet, block)
        line_name = f"{name}的「{block}」一行"
        fields[block] = [
            FieldGroup(line_name, _tree(line_name, cells, submission))
            for line, cells in sorted(lines.items())
            if line not in left_out
        ]
    fields.setdefault("table", InlineTable(sheet.name))
    if sheet.instance is not None:
        fields.setdefault("number", sheet.instance)
        fields.setdefault("attachment", sheet.attachment)
    return FieldGroup(name, fields)


def _absent(form: Form, submission: Submission) -> FieldGroup:
    name = f"表「{form.id}」（本单位不填）"
    fields = _tree(name, {field.id: None for field in form.fields.values() if field.block is None}, submission)
    blocks: dict[str, list[FieldGroup]] = {field.block: [] for field in form.fields.values() if field.block}
    return FieldGroup(name, {"table": BlankValue(), **fields, **blocks}, filled=False)


def _tree(name: str, cells: Cells, submission: Submission) -> dict[str, Any]:
    """Fields by dotted name → nested fields; a name may hold a value and have fields below it."""
    branches: dict[str, dict[str, PlacedCell | None]] = {}
    for path, cell in cells.items():
        head, _, tail = path.partition(".")
        below = branches.setdefault(head, {})
        if tail:
            below[tail] = cell
    fields: dict[str, Any] = {}
    for head, below in branches.items():
        children = _tree(f"{name}的「{head}」", below, submission)
        if head not in cells:
            fields[head] = FieldGroup(f"{name}的「{head}」", children)
        elif (cell := cells[head]) is None:
            fields[head] = BlankValue(children)
        else:
            fields[head] = field_value(counting_value(submission, cell), cell.look.number_format, children)
    return fields


def _attachment_list(attachments: Attachments) -> Sequence[FieldGroup]:
    """One entry for every number of the attachment list: 附件3-1 to 附件3-6 are the one 附件3."""
    entries: dict[str, str] = {}
    for attachment in attachments:
        entries.setdefault(attachment.number, attachment.title)
    return [
        FieldGroup("附件", {"mark": mark, "number": mark.removeprefix("附件"), "title": title})
        for mark, title in entries.items()
    ]
