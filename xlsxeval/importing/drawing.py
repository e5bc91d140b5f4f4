"""An official form drawn as it is printed, with what the draft makes of each cell as its ground."""

from __future__ import annotations

from xlsxeval.importing.blank import BlankArea, BlankSheet, Content
from xlsxeval.importing.draft import FormDraft
from xlsxeval.importing.draft_field import DraftField
from xlsxeval.importing.preparation import inline_keys
from xlsxeval.model import Address
from xlsxeval.workbook.drawing import DrawnRow, DrawnSheet, PaintedCell

_PIXELS = 7.2
_LONGEST_TITLE = 40
_ROW_PIXELS, _LINE_PIXELS = 22, 19


def drawn_original(blank: BlankSheet, draft: FormDraft) -> DrawnSheet:
    """The form with its cells to be filled in and computed in the colours of a workbook.

    A cell that a question is about bears the question's number, from 1; its label is the name of its field.
    """
    fields = {one.spot: one for one in draft.fields}
    numbers: dict[str, list[int]] = {}
    for number, question in enumerate(draft.questions, start=1):
        numbers.setdefault(question.place, []).append(number)
    rows = []
    for row in blank.rows:
        cells: list[PaintedCell | None] = []
        for area in blank.areas(row):
            field = fields.get(area.spot)
            address = Address(blank.sheet, area.row, area.column)
            look = _look(blank, area, draft, field)
            align = area.align or ("left" if look == "note" else "center")
            label = f"{field.label}：{field.name}" if field else ""
            marks = tuple(numbers.get(address.a1, ()))
            looks = (look, align, *(("marked", "mark-warning") if marks else ()))
            cells.append(PaintedCell(address, area.rows, area.columns, area.text, looks, label, marks))
        lines = max((_lines(blank, area) for area in blank.areas(row) if area.rows == 1), default=1)
        height = max(_ROW_PIXELS, lines * _LINE_PIXELS, round(blank.heights.get(row, 0) * 4 / 3))
        rows.append(DrawnRow(row, min(height, 400), tuple(cells)))
    return DrawnSheet(blank.sheet, tuple(round(width * _PIXELS) + 5 for width in blank.widths), tuple(rows))


def _look(blank: BlankSheet, area: BlankArea, draft: FormDraft, field: DraftField | None) -> str:
    if field is not None:
        return "given" if field.given else "computed" if field.formula else "input"
    lines = any(first < area.row <= last for first, last in draft.blocks)
    if lines and area.content is not Content.DASH:
        return "input"
    if blank.full_width(area) and area.text:
        return "note" if inline_keys(area.text) or len(area.text) > _LONGEST_TITLE else "heading"
    return "label"


def _lines(blank: BlankSheet, area: BlankArea) -> int:
    """How many lines a text takes in its cell."""
    start = area.column - blank.first_column
    width = max(4.0, sum(blank.widths[start : start + area.columns]))
    return sum(1 + int(len(line) * 2.1 / width) for line in area.text.split("\n"))
