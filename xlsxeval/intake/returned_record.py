"""Returned workbooks of one unit → its record."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxeval.forms.campaign import Unit
from xlsxeval.intake.record import Record, Recorded, RecordedForm, recorded_value
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import SheetLayout


def record_of(unit: Unit, year: int, submissions: Iterable[Submission]) -> Record:
    """What a unit handed in: one workbook, or one of each part. Computed cells as they follow from the inputs."""
    forms = [
        _form(submission, sheet)
        for submission in submissions
        for sheet in submission.layout.sheets
        if sheet.form is not None and sheet.name in submission.views
    ]
    return Record(unit.code, unit.name, year, tuple(forms))


def _form(submission: Submission, sheet: SheetLayout) -> RecordedForm:
    assert sheet.form is not None
    values = {}
    for cell in sheet.cells:
        value = recorded_value(submission.value(cell))
        if cell.slot is not None and value is not None:
            field = cell.slot.field
            place = f"{sheet.name}!{cell.address.a1}"
            formula = field.formula.text if field.formula else None
            values[cell.slot.path] = Recorded(value, place, field.label, formula)
    return RecordedForm(sheet.form.id, sheet.project.name if sheet.project else None, values)
