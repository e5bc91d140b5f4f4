"""Public blank forms as recipes (``public/*.yaml``): drawn as Excel or Word files, each with the fields that a person sees.

A cell of a recipe is a printed text, ``<`` or ``^`` for a merged one, or ``$name:type`` for a cell to be filled in
(``$=name:type``: computed or given), with what is printed in it behind ``|`` (``'1,200`` is a number kept as text).
``$.`` is a further line of a block. ``fields_around`` are the fields of the lines above and below a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter

from xlsxeval.importing import FormDraft
from xlsxeval.importing.draft_field import DraftField

FOLDER = Path(__file__).parent / "public"
_FRAME = Border(*(Side(style="thin"),) * 4)
_POINTS = 6.0


@dataclass(frozen=True)
class Expected:
    """A field as a person reads it off the form."""

    name: str
    type: str
    computed: bool


@dataclass(frozen=True)
class Cell:
    """A printed rectangle of a recipe, rows and columns from 1 as in the whole drawn form."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    field: Expected | None


@dataclass
class Score:
    """How a draft compares with a recipe."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def counts(self) -> str:
        """``right/wrong/missed/extra/asked``, as the expectations keep them."""
        return f"{self.right}/{len(self.wrong)}/{len(self.missed)}/{len(self.extra)}/{self.asked}"


class Recipe:
    """One public form."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self._data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.source = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")

    @property
    def columns(self) -> int:
        return len(self._data["unit"])

    def cells(self) -> Iterator[Cell]:
        """The table's cells; rows count from 1 below the title."""
        grid = self._data["grid"]
        for row, line in enumerate(grid):
            assert len(line) == self.columns, (self.name, row, len(line))
            for column, entry in enumerate(line):
                if entry in ("<", "^"):
                    continue
                columns = 1
                while column + columns < self.columns and line[column + columns] == "<":
                    columns += 1
                rows = 1
                while row + rows < len(grid) and grid[row + rows][column] == "^":
                    rows += 1
                text, expected = _entry(str(entry))
                yield Cell(row + 1, column + 1, rows, columns, text, expected)

    def around(self) -> list[Expected]:
        """Fields of the lines above and below."""
        found = [_entry(entry)[1] for entry in self._data.get("fields_around", [])]
        return [one for one in found if one is not None]

    def draw(self, folder: Path) -> Path:
        """Writes the form; returns its path."""
        folder.mkdir(parents=True, exist_ok=True)
        return self._word(folder) if self._data["file"] == "docx" else self._excel(folder)

    @property
    def head(self) -> int:
        """The lines above the table."""
        return len(self._data["title"])

    def _excel(self, folder: Path) -> Path:
        book = Workbook()
        page = book.active
        assert page is not None
        for number, width in enumerate(self._data["unit"], start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        lines = [(number, text) for number, text in enumerate(self._data["title"], start=1)]
        last = self.head + len(self._data["grid"])
        lines += [(last + number, text) for number, text in enumerate(self._data.get("below", []), start=1)]
        for row, text in lines:
            page.cell(row, 1).value = text
            page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=self.columns)
        for cell in self.cells():
            top = cell.row + self.head
            for row in range(top, top + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    page.cell(row, column).border = _FRAME
            page.cell(top, cell.column).value = _value(cell.text)
            if cell.rows * cell.columns > 1:
                page.merge_cells(
                    start_row=top, start_column=cell.column, end_row=top + cell.rows - 1, end_column=cell.column + cell.columns - 1
                )  # fmt: skip
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path

    def _word(self, folder: Path) -> Path:
        document = Document()
        for text in self._data["title"]:
            document.add_paragraph(text)
        table = document.add_table(len(self._data["grid"]), self.columns)
        for number, width in enumerate(self._data["unit"]):
            table.columns[number].width = Pt(width * _POINTS)
        for cell in self.cells():
            place = table.cell(cell.row - 1, cell.column - 1)
            if cell.rows * cell.columns > 1:
                place = place.merge(table.cell(cell.row + cell.rows - 2, cell.column + cell.columns - 2))
            place.text = cell.text
        for text in self._data.get("below", []):
            document.add_paragraph(text)
        path = folder / f"{self.name}.docx"
        document.save(str(path))
        return path


def recipes() -> list[Recipe]:
    """All public forms, by name."""
    return [Recipe(path) for path in sorted(FOLDER.glob("*.yaml"))]


def score(recipe: Recipe, draft: FormDraft) -> Score:
    """Compares a draft with what a person reads off the form."""
    found = {one.spot: one for one in draft.fields}
    result = Score(asked=len(draft.questions))
    block_lines: set[tuple[int, int]] = set()
    for cell in recipe.cells():
        spot = (cell.row + recipe.head, cell.column)
        drafted = found.pop(spot, None)
        if cell.field is None:
            if drafted is not None:
                result.extra.append(f"{spot} {drafted.name}")
            continue
        if cell.field.name == ".":
            block_lines.add(spot)
            if drafted is not None:
                result.extra.append(f"{spot} {drafted.name} (a line of a block)")
            continue
        if drafted is None:
            result.missed.append(f"{spot} {cell.field.name}")
            continue
        got = Expected(drafted.name, drafted.type, bool(drafted.formula or drafted.given))
        if got == cell.field or (got.name == cell.field.name and asked(drafted, draft)):
            result.right += 1
        else:
            result.wrong.append(f"{spot} {cell.field} → {got}")
    rest = {one.name: one for one in found.values()}
    for expected in recipe.around():
        one = rest.pop(expected.name, None)
        if one is None:
            result.missed.append(expected.name)
        elif Expected(one.name, one.type, bool(one.formula or one.given)) == expected:
            result.right += 1
        else:
            result.wrong.append(f"{expected} → {one.name} {one.type}")
    result.extra += [f"{one.spot} {one.name}" for one in rest.values()]
    return result


def asked(one: DraftField, draft: FormDraft) -> bool:
    """Whether a person is asked what a field holds: then a wrong assumption is none of the draft's errors."""
    column = f"type:{one.spot[1]}:"
    return any(question.key.startswith(column) for question in draft.questions)


def _entry(entry: str) -> tuple[str, Expected | None]:
    if not entry.startswith("$"):
        return entry, None
    names, _, text = entry[1:].partition("|")
    name, _, kind = names.removeprefix("=").partition(":")
    return text, Expected(name, kind, names.startswith("="))


def _value(text: str) -> object:
    """A number as a number, unless it is kept as a text (``'1,200``)."""
    if text.startswith("'"):
        return text[1:]
    return int(text) if text.isdigit() else text or None
