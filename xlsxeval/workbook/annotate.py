"""Layout + a unit's values + findings → a fresh form that shows what is to be mended, and is still the form."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.calc import Scalar
from xlsxeval.forms.seal import Seal
from xlsxeval.layout.layout import Layout, SheetLayout
from xlsxeval.model import Address
from xlsxeval.workbook.comments import write_comments
from xlsxeval.workbook.fill import fill_workbook
from xlsxeval.workbook.findings_list import write_list
from xlsxeval.workbook.remark import SETTLED, Remark
from xlsxeval.workbook.rows import free_lines, grown_heights
from xlsxeval.workbook.writer import SheetWriter, close_book, open_book

_GRAVEST_FIRST = ("error", "warning", "info", SETTLED)


@dataclass(frozen=True, slots=True)
class Refilled:
    """A unit's form made afresh: whose it is and what the unit typed.

    ``seal`` is the one that came back with it, so that the copy is known as the form is. ``values`` stand in the input
    cells, ``computed`` in those of formulas. ``hidden`` are the rows, each
    with its worksheet, that were hidden in the received file; free lines among them that are not used stay so.
    ``answer`` are the texts of its answer mark, none where it has none.
    """

    layout: Layout
    seal: Seal
    password: str
    values: Mapping[Address, Scalar]
    computed: Mapping[Address, Scalar]
    hidden: Collection[tuple[str, int]] = ()
    answer: Sequence[str] = ()


def refilled_bytes(form: Refilled) -> bytes:
    """The form with the unit's values and nothing else."""
    return _written(form, None)


def annotated_bytes(form: Refilled, file: str, remarks: Sequence[Remark]) -> bytes:
    """The filled form with a mark and a note at each cell that a remark is about, and a list of the remarks in front.

    ``file`` is the name of the received file, to be shown.
    """
    return _written(form, (file, remarks))


def _written(form: Refilled, told: tuple[str, Sequence[Remark]] | None) -> bytes:
    layout = form.layout
    buffer = io.BytesIO()
    book = open_book(buffer, layout, form.seal, form.password)
    by_cell: dict[Address, list[Remark]] = {}
    if told is not None:
        file, remarks = told
        write_list(book, layout, file, remarks, form.password)
        for remark in remarks:
            if remark.cell is not None:
                by_cell.setdefault(remark.cell, []).append(remark)
    marks = {address: _mark(of_cell) for address, of_cell in by_cell.items()}
    writer = SheetWriter(book, layout, {}, form.computed, marks)
    for sheet in layout.sheets:
        page = writer.write(sheet, form.password)
        of_sheet = {address: of_cell for address, of_cell in by_cell.items() if address.sheet == sheet.name}
        hidden = _hidden_rows(form, sheet, of_sheet)
        heights = {**dict.fromkeys(hidden), **sheet.row_heights, **grown_heights(sheet, form.values)}
        for row, height in heights.items():  # before the notes are written: their boxes are measured in rows
            page.set_row(row - 1, height, None, {"hidden": row in hidden})
        if of_sheet:
            write_comments(page, of_sheet)
    close_book(book, form.seal, form.password, form.answer)
    return fill_workbook(buffer.getvalue(), layout, form.values, form.computed, fold=False)


def _mark(remarks: Sequence[Remark]) -> str:
    marks = {remark.mark for remark in remarks}
    return next(mark for mark in _GRAVEST_FIRST if mark in marks)


def _hidden_rows(form: Refilled, sheet: SheetLayout, remarks: Collection[Address]) -> set[int]:
    told = {address.row for address in remarks}
    lines = free_lines(sheet, lambda cell: form.values.get(cell.address) not in (None, ""))
    return {row for row, shows in lines if not shows and row not in told and (sheet.name, row) in form.hidden}
