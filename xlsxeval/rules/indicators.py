"""The lines of 绩效指标 as rules read them, in whatever form they stand."""

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
    """One indicator. ``level1`` and ``level2`` are carried down from the line where they were written.

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
        """What stands in the line's cell as text, without blanks around it; empty where there is nothing."""
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
        """What stands in the line's cell as a number, or None."""
        value = self.values.get(name)
        return value if isinstance(value, float) else None

    def address(self, submission: Submission, name: str) -> Address | None:
        """Where the line's cell stands in the file."""
        cell = self.cells.get(name)
        return None if cell is None else submission.place(cell.address)

    def place(self, submission: Submission, name: str) -> Place:
        """The same as a place with its field."""
        cell = self.cells[name]
        address = submission.place(cell.address)
        return Place(address.sheet, address.a1, cell.slot.path if cell.slot else None)


@lru_cache(maxsize=1)
def indicator_lines(submission: Submission) -> tuple[IndicatorLine, ...]:
    """Every indicator line in use, in the order of the workbook; sheets that the file does not have are left out."""
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
