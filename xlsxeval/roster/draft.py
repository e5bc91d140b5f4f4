"""What the reading of a roster gathers: the campaign as plain data, where each part of it stands, and the faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Field
from xlsxeval.forms.yaml_file import Position
from xlsxeval.roster.book import StoredCell
from xlsxeval.roster.cell_values import Unreadable, code_of, date_of, is_blank, number_of, text_of

Path_ = tuple[str | int, ...]
Value = TypeVar("Value")


class RosterDraft:
    """Data of the shape of campaign.yaml, with the cell that each part came from."""

    def __init__(self, book: Position) -> None:
        self.data: dict[str, Any] = {"units": []}
        self.problems: list[Problem] = []
        self._book = book
        self._places: dict[Path_, Position] = {}

    def place(self, path: Iterable[str | int]) -> Position:
        """Where the value at a path stands; of a path that was never written, the nearest part around it."""
        key = tuple(path)
        while key and key not in self._places:
            key = key[:-1]
        return self._places.get(key, self._book)

    def mark(self, path: Path_, at: StoredCell | Position) -> None:
        """Remember where a part came from; the first place holds."""
        self._places.setdefault(path, at.position if isinstance(at, StoredCell) else at)

    def fault(self, at: StoredCell | Position, message: str) -> None:
        """Record a fault at a cell."""
        position = at.position if isinstance(at, StoredCell) else at
        self.problems.append(position.problem(message))

    def text(self, cell: StoredCell) -> str | None:
        """The cell's text; None where there is none or it cannot be read, which then is a fault."""
        return self._read(cell, text_of) or None

    def code(self, cell: StoredCell) -> str | None:
        """The cell's code, in the same way."""
        return self._read(cell, code_of) or None

    def date(self, cell: StoredCell) -> dt.date | None:
        """The cell's date, in the same way."""
        return self._read(cell, date_of)

    def number(self, cell: StoredCell, wanted: str) -> int | float | None:
        """The cell's number, in the same way; ``wanted`` says what belongs there."""
        return self._read(cell, lambda cell: number_of(cell, wanted))

    def value(self, cell: StoredCell, field: Field) -> Any:
        """What the cell says for a field: a number for a number's type, else the text as written."""
        if field.type.kind == "number":
            return self.number(cell, f"「{field.label}」{field.type.says}")
        if field.type.kind == "date":
            return self.date(cell)
        return self.text(cell)

    def required(self, cell: StoredCell, value: Value | None, what: str) -> Value | None:
        """The value; where the cell is blank its absence is a fault. ``what`` names it."""
        if value is None and is_blank(cell):
            self.fault(cell, f"缺少{what}，必须填写")
        return value

    def _read(self, cell: StoredCell, read: Callable[[StoredCell], Value]) -> Value | None:
        try:
            return read(cell)
        except Unreadable as error:
            self.fault(cell, str(error))
            return None
