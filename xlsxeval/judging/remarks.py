"""Received workbook → annotated workbook: the unit's values, and the findings at the form's own places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.forms.answer_mark import answer_texts
from xlsxeval.forms.seal import make_seal
from xlsxeval.forms.values import MAX_CELL_TEXT, text_length
from xlsxeval.intake.identity import FormOrigin
from xlsxeval.intake.submission import Submission
from xlsxeval.judging.judge import JudgedFile
from xlsxeval.layout.kept import FormWriter
from xlsxeval.model import Address, Finding, split_a1
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workbook import Refilled, Remark, RemarkState

Key = tuple[str, str | None, str | None, str | None]


def refilled(submission: Submission, password: str, key: bytes | None = None) -> Refilled:
    """The unit's form generated anew with the unit's values.

    A number that was typed as text becomes a number; a value that could not be read stays as the unit wrote it. A form
    that differs from the one that was sent gets a new seal, signed with the ``key``. Where the received file's seal is
    proven, the new form says, signed with the key as well, that it answers that file.
    """
    values = {address: _fitting(value) for address, value in submission.inputs.items()}
    errors: dict[Address, Scalar] = {}
    for address, entry in submission.entries.items():
        if entry.raw is not None and entry.raw.kind == "e":
            errors[address] = ExcelError(entry.raw.value)
        elif entry.value is None and entry.text.strip():
            values[address] = _fitting(entry.text)
    layout, seal = submission.layout, submission.identity.seal
    if submission.identity.origin is FormOrigin.OTHER and key is not None:
        digest = FormWriter().kept(layout).digest
        seal = make_seal(layout.campaign, layout.unit, layout.edition, key, layout.part, digest)
    hidden = set(_hidden_rows(submission))
    identity, answer = submission.identity, list[str]()
    if key is not None and identity.seal_state == "verified":
        answer = answer_texts((submission.sha256, *identity.answers), seal, key)
    return Refilled(layout, seal, password, values | errors, layout.compute(values), hidden, answer)


def remarks(verdict: Verdict, received: JudgedFile, again: JudgedFile) -> list[Remark]:
    """Findings of the verdict on a received file, each with its state in the form generated anew, and findings new in it.

    ``received`` and ``again`` are the file and the new form, each judged alone; the verdict may also have findings
    between several files. Those never count as restored.
    """
    assert received.submission is not None
    assert again.submission is not None
    mine, fresh = received.submission, again.submission
    left: dict[Key, list[Finding]] = {}
    for finding in again.verdict.findings:
        left.setdefault(_key(fresh, finding), []).append(finding)
    alone = {_key(mine, finding) for finding in received.verdict.findings}
    found = [_remark(mine, fresh, finding, alone, left) for finding in verdict.findings]
    arisen = [finding for findings in left.values() for finding in findings]
    found += [Remark(finding, *home(fresh, finding), RemarkState.ARISEN) for finding in arisen]
    names = [sheet.name for sheet in mine.layout.sheets]
    return sorted(found, key=lambda remark: _order(remark, names))


def _remark(
    mine: Submission, fresh: Submission, finding: Finding, alone: set[Key], left: dict[Key, list[Finding]]
) -> Remark:
    """One finding of the received file, with today's place and figures. Takes the finding it corresponds to out of ``left``."""
    sheet, cell = home(mine, finding)
    key, standing = _key(mine, finding), RemarkState.OPEN
    place = finding.place
    if left.get(key):
        now = left[key].pop(0)
        sheet, cell = home(fresh, now)
        finding = replace(finding, message=now.message, shown=now.shown, expected=now.expected, working=now.working)
    elif key in alone:
        standing = RemarkState.RESTORED
    received = None
    if place.cell is not None and (cell is None or (cell.sheet, cell.a1) != (place.sheet, place.cell)):
        received = place.cell if sheet == place.sheet else f"{place.sheet}!{place.cell}"
    return Remark(finding, sheet, cell, standing, received)


def home(submission: Submission, finding: Finding) -> tuple[str | None, Address | None]:
    """Worksheet and cell of the layout that a finding in the file refers to."""
    place = finding.place
    names = {view.raw.name: view.layout.name for view in submission.views.values()}
    sheet = names.get(place.sheet or "")
    if sheet is None and submission.layout.sheet(place.sheet or "") is not None:
        sheet = place.sheet  # a worksheet that is missing in the file
    if place.sheet is None or place.cell is None:
        return sheet, None
    return sheet, submission.homes.get(Address(place.sheet, *split_a1(place.cell)))


def _key(submission: Submission, finding: Finding) -> Key:
    """Identity of a finding that stays the same when rows and worksheets are moved."""
    sheet, cell = home(submission, finding)
    return finding.code, sheet, cell.a1 if cell else finding.place.cell, finding.aspect


def _order(remark: Remark, names: list[str]) -> tuple[bool, int, int, int, str]:
    """Sort key of a remark: unsettled ones first, then by their places in the form."""
    sheet = names.index(remark.sheet) if remark.sheet in names else -1
    row, column = (remark.cell.row, remark.cell.column) if remark.cell else (0, 0)
    return remark.settled, sheet, row, column, remark.finding.code


def _hidden_rows(submission: Submission) -> Iterator[tuple[str, int]]:
    for view in submission.views.values():
        for ours, theirs in view.rows.items():
            if any(first <= theirs <= last for first, last in view.raw.hidden_rows):
                yield view.layout.name, ours


def _fitting(value: Scalar) -> Scalar:
    """A text cut to the length that a cell holds; Excel counts a character beyond U+FFFF as two."""
    if not isinstance(value, str) or text_length(value) <= MAX_CELL_TEXT:
        return value
    while text_length(value) > MAX_CELL_TEXT:
        value = value[: len(value) - max(1, (text_length(value) - MAX_CELL_TEXT) // 2)]
    return value
