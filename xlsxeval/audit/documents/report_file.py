"""A published report as it was read: paragraphs and tables, each cell with its rectangle on the page and its place."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.model import Place
from xlsxeval.proofreading import Line

TEXT = "正文"


@dataclass(frozen=True, slots=True)
class ReportCell:
    """A cell or merged rectangle; rows count from 1. ``left`` and ``right`` are edges in a unit common to its table."""

    row: int
    rows: int
    left: float
    right: float
    text: str
    place: Place

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1


@dataclass(frozen=True, slots=True)
class ReportTable:
    """``name`` is how findings call it (表2); ``title`` are the short lines directly above it."""

    name: str
    title: str
    cells: tuple[ReportCell, ...]

    @property
    def last_row(self) -> int:
        return max((cell.last_row for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """``unread`` says in Chinese what a reader sees and the program does not: scans, pictures, tables without lines."""

    lines: tuple[Line, ...]
    tables: tuple[ReportTable, ...]
    unread: tuple[str, ...] = ()


class ReportBuilder:
    """Takes paragraphs and tables in the order of the file, and numbers them."""

    def __init__(self) -> None:
        self.unread: list[str] = []
        self._lines: list[Line] = []
        self._tables: list[ReportTable] = []
        self._above: list[str] = []

    def paragraph(self, text: str, level: int = 0, where: str = "") -> None:
        """A paragraph; ``where`` stands before its number (第3页). Lines in it become paragraphs of one number."""
        if not text.strip():
            return
        number = len({line.place for line in self._lines}) + 1
        place = Place(TEXT, f"{where}第{number}段")
        self._lines += [Line(line.strip(), level, place) for line in text.splitlines() if line.strip()]
        self._above.append(text.strip())

    def table(self, cells: list[tuple[int, int, float, float, str, str]], name: str = "") -> None:
        """A table of cells (row, rows, left, right, text, spot)."""
        if not any(text.strip() for *_, text, _ in cells):
            return
        name = name or f"表{len(self._tables) + 1}"
        found = [ReportCell(*cell[:5], Place(name, cell[5])) for cell in cells]
        title = "\n".join(line for line in self._above[-_TITLE_LINES:] if len(line) <= _LONGEST_TITLE)
        self._tables.append(ReportTable(name, title, tuple(found)))
        self._above = []

    def done(self) -> ReportFile:
        return ReportFile(tuple(self._lines), tuple(self._tables), tuple(self.unread))


_TITLE_LINES = 3
_LONGEST_TITLE = 60
