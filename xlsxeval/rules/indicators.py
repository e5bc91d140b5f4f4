"""The indicator lines (绩效指标) of all forms of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address, Place
from xlsxeval.rules.lines import used_lines

BLOCK = "indicators"
_LEVELS = ("level1", "level2")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator line. ``level1`` and ``level2`` are carried down from the line in which they were written.

    ``cells`` are the line's cells in the layout by the field's short name (``target``, ``actual``, ``weight``,
    ``score``, ``reason``, …); a form need not have all of them. Weight and score are points.
    """

    form: str
    instance: int | None
    sheet: str
    line: int
    level1: str
    level2: str
    cells: Mapping[str, PlacedCell]
    values: Mapping[str, Scalar]

    def text(self, name: str) -> str:
        """The value of the line's cell as text, without surrounding blanks; empty for a blank or missing cell."""
        value = self.values.get(name)
        return (
            value.strip()
            if isinstance(value, str)
            else ""
            if value is None
            else f"{value:.15g}"
            if isinstance(value, float)
            else str(value)
        )

    def number(self, name: str) -> float | None:
        """The value of the line's cell where it is a number, else None."""
        value = self.values.get(name)
        return value if isinstance(value, float) else None

    def address(self, submission: Submission, name: str) -> Address | None:
        """The address of the line's cell in the file; None where the form has no such cell."""
        cell = self.cells.get(name)
        return None if cell is None else submission.place(cell.address)

    def place(self, submission: Submission, name: str) -> Place:
        """The place of the line's cell in the file, with its field. Raises KeyError where the form has no such cell."""
        cell = self.cells[name]
        address = submission.place(cell.address)
        return Place(address.sheet, address.a1, cell.slot.path if cell.slot else None)


@lru_cache(maxsize=1)
def indicator_lines(submission: Submission) -> tuple[IndicatorLine, ...]:
    """All indicator lines in use, in the order of the workbook, on the worksheets that the file has."""
    used = used_lines(submission)
    found = []
    for sheet in submission.layout.sheets:
        block = sheet.block(BLOCK)
        if sheet.form is None or block is None or sheet.name not in submission.views:
            continue
        carried = dict.fromkeys(_LEVELS, "")
        by_line: dict[int, dict[str, PlacedCell]] = {}
        for cell in sheet.cells:
            slot = cell.slot
            if slot is not None and slot.line is not None and slot.field.block == BLOCK:
                by_line.setdefault(slot.line, {})[slot.field.short] = cell
        for line, cells in sorted(by_line.items()):
            values = {name: submission.value(cell) for name, cell in cells.items()}
            for level in _LEVELS:
                value = values.get(level)
                if isinstance(value, str) and value.strip():
                    if level == "level1" and value.strip() != carried["level1"]:
                        carried["level2"] = ""
                    carried[level] = value.strip()
            if (sheet.form.id, sheet.instance, BLOCK, line) in used:
                found.append(
                    IndicatorLine(
                        sheet.form.id,
                        sheet.instance,
                        sheet.name,
                        line,
                        carried["level1"],
                        carried["level2"],
                        cells,
                        values,
                    )
                )
    return tuple(found)
