"""Values of last year's record that correspond to cells of this year's return."""

from __future__ import annotations

from xlsxeval.intake.record import Record, Recorded, RecordedForm
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.rules.names import plain


def recorded(submission: Submission, cell: PlacedCell, field: str) -> Recorded | None:
    """The value of ``field`` (its whole name) in last year's record, in the form and line that the cell belongs to.

    A form that each project has is matched by the project's name, a line of a block by its own; None where no form or
    line has the name, or more than one has it.
    """
    slot = cell.slot
    form = _form(submission, cell)
    if slot is None or form is None:
        return None
    if slot.line is None:
        return form.values.get(field)
    block = slot.field.block
    assert block is not None
    line = _line(submission, cell, form, block)
    return None if line is None else form.values.get(f"{block}[{line}].{field.removeprefix(f'{block}.')}")


def whose(submission: Submission, record: Record) -> str:
    """A clause for a message where the unit had another code or name last year; empty where neither changed."""
    unit = submission.layout.unit
    if record.code != unit.code:
        return f"（单位代码当时是 {record.code}，按名称对上的）"
    if plain(record.name) != plain(unit.name):
        return f"（单位名称当时是“{record.name}”，按代码对上的）"
    return ""


def _form(submission: Submission, cell: PlacedCell) -> RecordedForm | None:
    record, slot = submission.last_year, cell.slot
    sheet = submission.layout.sheet(cell.address.sheet)
    if record is None or slot is None or sheet is None:
        return None
    project = plain(sheet.project.name) if sheet.project else None
    found = [
        form
        for form in record.forms
        if form.form == slot.form and (plain(form.project) if form.project else None) == project
    ]
    return found[0] if len(found) == 1 else None


def _line(submission: Submission, cell: PlacedCell, form: RecordedForm, block: str) -> int | None:
    """The number of last year's line with the same name, where the name occurs exactly once in both years."""
    assert cell.slot is not None
    names = {
        slot.line: plain(name)
        for (form_id, instance, path), named in submission.layout.slots.items()
        if (slot := named.slot) is not None
        and (form_id, instance) == (cell.slot.form, cell.slot.instance)
        and path == f"{block}[{slot.line}].name"
        and isinstance(name := submission.value(named), str)
    }
    own = names.get(cell.slot.line)
    then = [number for number, name in form.lines(block) if plain(name) == own]
    return then[0] if own and len(then) == 1 and list(names.values()).count(own) == 1 else None
