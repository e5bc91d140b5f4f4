"""Several versions of one unit's workbook beside each other: the cells that differ, and the worksheets that have any, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxeval.collection.differences import changed_cells
from xlsxeval.intake.submission import Submission
from xlsxeval.judging.judge import JudgedFile
from xlsxeval.judging.remarks import refilled
from xlsxeval.model import Address, Severity
from xlsxeval.workbook.drawing import CellMark, DrawnSheet, draw

DIFFERS: Final = "differs"
"""The mark of a cell that differs between versions."""


@dataclass(frozen=True, slots=True)
class DifferingCell:
    """A cell whose values differ, one for each version."""

    place: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnVersion:
    """A version of a workbook. ``sheets`` are those worksheets in which versions differ."""

    sha256: str
    sheets: tuple[DrawnSheet, ...]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class ComparedVersions:
    """Versions in the order asked for; empty where one cannot be read. ``other_cells`` stand in some of them only."""

    versions: tuple[DrawnVersion, ...] = ()
    cells: tuple[DifferingCell, ...] = ()
    other_cells: int = 0


def compare(judged: Sequence[JudgedFile]) -> ComparedVersions:
    """Holds versions against the first of them, and draws the worksheets that differ."""
    submissions = [one.submission for one in judged if one.submission is not None]
    if len(submissions) != len(judged) or not judged:
        return ComparedVersions()
    first, *others = submissions
    differing: dict[Address, list[str]] = {}
    labels: dict[Address, str] = {}
    marks: list[dict[Address, CellMark]] = [{} for _ in submissions]
    mark = CellMark(DIFFERS, ())
    for number, other in enumerate(others, start=1):
        for cell in changed_cells(first, other):
            values = differing.setdefault(cell.old, [cell.was] * len(submissions))
            values[number] = cell.now
            labels.setdefault(cell.old, cell.label)
            marks[0][cell.old] = marks[number][cell.new] = mark
    counts = [[one.severity for one in found.verdict.findings if one.waived is None] for found in judged]
    other_cells = {slot for other in others for slot in first.layout.slots.keys() ^ other.layout.slots.keys()}
    return ComparedVersions(
        tuple(
            DrawnVersion(
                found.verdict.sha256, _drawn(one, own), told.count(Severity.ERROR), told.count(Severity.WARNING)
            )
            for found, one, own, told in zip(judged, submissions, marks, counts, strict=True)
        ),
        tuple(
            DifferingCell(f"{at.sheet}!{at.a1}", labels[at], tuple(values)) for at, values in sorted(differing.items())
        ),
        len(other_cells),
    )


def _drawn(submission: Submission, marks: dict[Address, CellMark]) -> tuple[DrawnSheet, ...]:
    form = refilled(submission, "")
    sheets = draw(submission.layout, form.values, {**form.computed, **submission.shown}, marks, form.hidden)
    wanted = {at.sheet for at in marks}
    return tuple(sheet for sheet in sheets if sheet.name in wanted)
