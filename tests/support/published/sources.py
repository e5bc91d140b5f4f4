"""A sample's forms as printed tables: every cell with what it prints and where it comes from."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from docx import Document

from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Submission, open_returned
from xlsxeval.layout.layout import CellKind, PlacedCell, SheetLayout
from xlsxeval.report import report_bytes
from xlsxeval.resources import samples_directory, templates_directory
from xlsxeval.rules.display import display
from xlsxeval.rules.lines import used_lines

SAMPLES = ("chenxi-2024", "liuyang-2020", "yiyang-2022", "yueyanglou-2023", "zhuzhou-2024")
_FORMS = ("basic", "overall", "project")
_FORMAT_ONLY = ("T101", "V111", "V112")
"""Locks, and spellings of actual values: no arithmetic."""


@dataclass(frozen=True)
class PrintedCell:
    """A cell of a printed table; ``origin`` is its place in the sample's workbook (附件2!G4), ``field`` its field."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    origin: str = ""
    field: str = ""


@dataclass(frozen=True)
class PrintedForm:
    """``first_body`` is the row of the indicators' head, 0 without; rows and columns count from 1, without gaps."""

    title: str
    mark: str
    cells: tuple[PrintedCell, ...]
    widths: tuple[float, ...]
    head_row: int = 0

    @property
    def rows(self) -> int:
        return max(cell.row + cell.rows - 1 for cell in self.cells)


@dataclass(frozen=True)
class PublishedReport:
    """Paragraphs and forms of one report, and the errors known of it: code and place in the sample's workbook."""

    name: str
    paragraphs: tuple[str, ...]
    forms: tuple[PrintedForm, ...]
    known: tuple[tuple[str, str], ...]


@cache
def published(sample: str, corrections: tuple[tuple[str, str], ...] = ()) -> PublishedReport:
    """The report of a sample as printed; ``corrections`` are texts to print at places (附件2!G4) or in the prose."""
    path = samples_directory() / sample
    library = Library(templates_directory())
    returned = open_returned(path / "submitted" / "as-printed.xlsx", Context(library), Layouts())
    submission = returned.submission
    assert submission is not None
    forms = tuple(
        _form(submission, sheet)
        for sheet in submission.layout.sheets
        if sheet.form is not None and sheet.form.id in _FORMS
    )
    report = report_bytes(submission, templates_directory() / "reports" / str(submission.layout.edition.report))
    paragraphs = tuple(_paragraphs(report))
    expected = json.loads((path / "expected.json").read_text(encoding="utf-8"))["as-printed.xlsx"]
    known = tuple(tuple(line.split(" ", 1)) for line in expected if line.split(" ")[0] not in _FORMAT_ONLY)
    fixed = dict(corrections)
    forms = tuple(replace(form, cells=tuple(_corrected(cell, fixed) for cell in form.cells)) for form in forms)
    for old, new in corrections:
        if "!" not in old:
            paragraphs = tuple(text.replace(old, new) for text in paragraphs)
    return PublishedReport(sample, paragraphs, forms, known)  # type: ignore[arg-type]


@cache
def made_right(sample: str, more: tuple[tuple[str, str], ...] = ()) -> PublishedReport:
    """The report with every known error corrected (right.yaml), then with ``more`` texts at places."""
    data = yaml.safe_load((Path(__file__).parent / "right.yaml").read_text(encoding="utf-8"))
    return published(sample, (*data[sample].items(), *more))


def _corrected(cell: PrintedCell, fixed: Mapping[str, str]) -> PrintedCell:
    if cell.origin in fixed:
        return replace(cell, text=fixed[cell.origin])
    for place, text in fixed.items():  # 附件2!E13:E35
        sheet, _, area = place.partition("!")
        first, _, last = area.partition(":")
        if last and cell.origin.startswith(f"{sheet}!{first[0]}"):
            row = cell.origin.rpartition("!")[2][1:]
            if row.isdigit() and int(first[1:]) <= int(row) <= int(last[1:]):
                return replace(cell, text=text)
    return cell


def _paragraphs(report: bytes) -> list[str]:
    """The text before the first attachment."""
    found = []
    for paragraph in Document(io.BytesIO(report)).paragraphs:
        text = paragraph.text.strip()
        if re.fullmatch(r"附件\d*(-\d+)?", text.replace(" ", "")):
            break
        if text and not paragraph.style.name.casefold().startswith("toc"):
            found.append(text)
    return found


def _form(submission: Submission, sheet: SheetLayout) -> PrintedForm:
    used = used_lines(submission)
    dropped = {
        block.first_row + line
        for block in sheet.blocks
        for line in range(block.lines)
        if (sheet.form.id, sheet.instance, block.id, line + 1) not in used  # type: ignore[union-attr]
    }
    kept = [row for row in range(1, sheet.print_rows + 1) if row not in dropped]
    new = {row: number for number, row in enumerate(kept, start=1)}
    cells = []
    head = 0
    title = sheet.title
    for cell in sheet.cells:
        at = cell.address
        rows = [new[row] for row in range(at.row, at.row + cell.rows) if row in new]
        if not rows or at.column > sheet.print_columns:
            continue
        text = _text(submission, cell)
        if cell.look.role == "title":
            continue
        if text.replace("\n", "") in ("三级指标",) and not head:
            head = rows[0]
        field = cell.slot.path if cell.slot else ""
        cells.append(PrintedCell(rows[0], at.column, len(rows), cell.columns, text, str(at), field))
    first = min(cell.row for cell in cells)
    cells = [replace(cell, row=cell.row - first + 1) for cell in cells]
    return PrintedForm(
        title, sheet.attachment, tuple(cells), sheet.column_widths[: sheet.print_columns], max(0, head - first + 1)
    )


def _text(submission: Submission, cell: PlacedCell) -> str:
    address = cell.address
    look = cell.look.number_format
    if cell.kind is CellKind.INPUT:
        entry = submission.entries[address]
        return "" if entry.blank else display(entry.value, look) if isinstance(entry.value, float) else str(entry.value)
    if cell.kind is CellKind.COMPUTED:
        value = submission.overtyped.get(address, submission.recomputed.get(address))
        return "" if value is None else display(value, look)
    return "" if cell.value is None else display(cell.value, look)
