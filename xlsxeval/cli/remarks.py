"""What came back → what the annotated workbook holds: the unit's values, and its findings at the form's own places."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.cli.judging import Judged
from xlsxeval.forms.values import MAX_CELL_TEXT, text_length
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Address, Finding, split_a1
from xlsxeval.workbook import Refilled, Remark, Standing

Key = tuple[str, str | None, str | None, str | None]


def refilled(submission: Submission, password: str) -> Refilled:
    """The unit's form made afresh with what it typed.

    A number that was typed as text becomes a number; what could not be read stays as the unit wrote it.
    """
    values = {address: _fitting(value) for address, value in submission.inputs.items()}
    errors: dict[Address, Scalar] = {}
    for address, entry in submission.entries.items():
        if entry.raw is not None and entry.raw.kind == "e":
            errors[address] = ExcelError(entry.raw.value)
        elif entry.value is None and entry.text.strip():
            values[address] = _fitting(entry.text)
    layout = submission.layout
    hidden = set(_hidden_rows(submission))
    return Refilled(layout, submission.identity.seal, password, values | errors, layout.compute(values), hidden)


def remarks(received: Judged, again: Judged) -> list[Remark]:
    """The findings of a received file, and which of them are left (or new) when its form was made afresh."""
    assert received.submission is not None
    assert again.submission is not None
    left = {_key(again.submission, finding) for finding in again.verdict.findings}
    found = [_remark(received.submission, finding, left) for finding in received.verdict.findings]
    known = {_key(received.submission, finding) for finding in received.verdict.findings}
    for finding in again.verdict.findings:
        if _key(again.submission, finding) not in known:
            sheet, cell = _home(again.submission, finding)
            found.append(Remark(finding, sheet, cell, Standing.ARISEN))
    names = [sheet.name for sheet in received.submission.layout.sheets]
    return sorted(found, key=lambda remark: _order(remark, names))


def _remark(submission: Submission, finding: Finding, left: set[Key]) -> Remark:
    sheet, cell = _home(submission, finding)
    standing = Standing.OPEN if _key(submission, finding) in left else Standing.RESTORED
    place, received = finding.place, None
    if place.cell is not None and (cell is None or (cell.sheet, cell.a1) != (place.sheet, place.cell)):
        received = place.cell if sheet == place.sheet else f"{place.sheet}!{place.cell}"
    return Remark(finding, sheet, cell, standing, received)


def _home(submission: Submission, finding: Finding) -> tuple[str | None, Address | None]:
    """Worksheet and cell of the layout that a finding about the file speaks of."""
    place = finding.place
    names = {view.raw.name: view.layout.name for view in submission.views.values()}
    sheet = names.get(place.sheet or "")
    if sheet is None and submission.layout.sheet(place.sheet or "") is not None:
        sheet = place.sheet  # a worksheet that is missing in the file
    if place.sheet is None or place.cell is None:
        return sheet, None
    return sheet, submission.home(Address(place.sheet, *split_a1(place.cell)))


def _key(submission: Submission, finding: Finding) -> Key:
    """What a finding is about, whatever rows and worksheets were moved."""
    sheet, cell = _home(submission, finding)
    return finding.code, sheet, cell.a1 if cell else finding.place.cell, finding.aspect


def _order(remark: Remark, names: list[str]) -> tuple[bool, int, int, int, str]:
    """What is left to do first, and then by the form."""
    sheet = names.index(remark.sheet) if remark.sheet in names else -1
    row, column = (remark.cell.row, remark.cell.column) if remark.cell else (0, 0)
    return remark.settled, sheet, row, column, remark.finding.code


def _hidden_rows(submission: Submission) -> Iterator[tuple[str, int]]:
    for view in submission.views.values():
        for ours, theirs in view.rows.items():
            if any(first <= theirs <= last for first, last in view.raw.hidden_rows):
                yield view.layout.name, ours


def _fitting(value: Scalar) -> Scalar:
    """A text cut to what a cell holds; Excel counts a rare character as two."""
    if not isinstance(value, str) or text_length(value) <= MAX_CELL_TEXT:
        return value
    while text_length(value) > MAX_CELL_TEXT:
        value = value[: len(value) - max(1, (text_length(value) - MAX_CELL_TEXT) // 2)]
    return value
