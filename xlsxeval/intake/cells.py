"""A received workbook as flat, typed values: what the XML says, before anybody judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from xlsxeval.model import Fault, column_letters

Kind = Literal["n", "s", "b", "e", "d", ""]
"""``n`` number, ``s`` text, ``b`` boolean, ``e`` error, ``d`` ISO date, ``""`` no value."""

State = Literal["visible", "hidden", "veryHidden"]
Box = tuple[int, int, int, int]
"""A rectangle of cells: first row, first column, last row, last column, all included, all from 1."""
Span = tuple[int, int]
"""First and last of a run of rows or columns, both included."""


class RawRun(NamedTuple):
    """A stretch of a rich text with a look of its own; None where the cell's counts."""

    text: str
    color: str | None = None
    """``RRGGBB``."""
    size: float | None = None
    """In points."""


class RawCell(NamedTuple):
    """One cell that is written in the XML, with a constant, a formula and its cached value, or only a style.

    A tuple, for there are thousands in every file and a frozen dataclass takes three times as long to make.
    """

    row: int
    column: int
    kind: Kind = ""
    text: str | None = None
    """A number's own characters as they stand in the file; a text with its rich runs joined, without phonetic ones."""
    value: float | str | bool | None = None
    """The typed constant or cached value; None if unreadable. An ISO date is a serial number, an error the value of a
    ``calc.ExcelError`` (``#VALUE!`` where the text is none that ``calc`` knows)."""
    formula: str | None = None
    """Without the sign ``=``; a shared formula is written out for this cell."""
    style: int = 0
    """Index into ``RawWorkbook.styles``; an index outside the table was repaired to 0."""
    array: str | None = None
    """The range of an array formula or data table, on its first cell."""
    runs: tuple[RawRun, ...] | None = None
    """The stretches of a rich text that have colours or sizes of their own, with all others; None for a plain text."""

    @property
    def a1(self) -> str:
        """``G4``."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def empty(self) -> bool:
        """Nothing but a style."""
        return self.kind == "" and self.formula is None


@dataclass(frozen=True, slots=True)
class RawStyle:
    """What a cell format says about locking, display and colour."""

    locked: bool = True
    hidden: bool = False
    number_format: str = "General"
    font_color: str | None = None
    """``RRGGBB``; None for the automatic colour."""
    fill_color: str | None = None
    """``RRGGBB`` of a fill, of a pattern or gradient as the eye mixes it; None for no fill."""
    font_size: float | None = None
    """In points; None where the file does not say."""
    horizontal: str = "general"
    indent: int = 0
    wraps: bool = False
    shrinks: bool = False
    disputed: bool = False
    """It is written in alternative branches that are not alike: programs differ in what a cell of it shows."""


@dataclass(frozen=True, slots=True)
class RawDifferential:
    """What a conditional format changes about a cell's look; None for what it leaves."""

    font_color: str | None = None
    fill_color: str | None = None
    number_format: str | None = None


@dataclass(frozen=True, slots=True)
class RawCondition:
    """The conditional formats of some ranges: each look that a cell there may get."""

    ranges: tuple[Box, ...]
    looks: tuple[RawDifferential, ...]


@dataclass(frozen=True, slots=True)
class RawValidation:
    """One data validation, from the worksheet itself or from Excel's 2010 extension."""

    ranges: tuple[Box, ...]
    type: str = "none"
    operator: str = "between"
    formula1: str | None = None
    formula2: str | None = None
    allow_blank: bool = False
    extension: bool = False
    stops: bool = True
    """Whether a wrong entry is refused: neither a mere warning nor silence."""


@dataclass(frozen=True, slots=True)
class RawName:
    """A defined name; ``sheet`` is the worksheet that it belongs to, None for the whole workbook."""

    name: str
    text: str
    sheet: str | None = None
    hidden: bool = False
    macro: bool = False
    """It names a macro or a function of one."""


class RawTable(NamedTuple):
    """A table of a worksheet; its area holds the heading and totals too."""

    name: str
    area: Box
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One worksheet (or chart sheet, which has no cells)."""

    name: str
    state: State = "visible"
    kind: Literal["worksheet", "chartsheet"] = "worksheet"
    cells: Mapping[tuple[int, int], RawCell] = field(default_factory=dict)
    """By (row, column), in the order of the file."""
    merges: tuple[Box, ...] = ()
    validations: tuple[RawValidation, ...] = ()
    protected: bool = False
    protection: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The attributes of sheetProtection as they stand: options, hash, salt."""
    hidden_rows: tuple[Span, ...] = ()
    """Hidden or of height 0."""
    filtered_rows: tuple[Span, ...] = ()
    """Those of them that a filter hides."""
    tables: tuple[RawTable, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    """Hidden or of width 0."""
    low_rows: Mapping[int, float] = field(default_factory=dict)
    """Heights in points of the rows that are lower than a line of text, but not hidden; the usual one where none is said."""
    column_widths: tuple[tuple[int, int, float], ...] = ()
    """First and last column and the width in characters, where that is written."""
    default_width: float | None = None
    """In characters; of columns whose width is not written."""
    shows_zeros: bool = True
    shows_formulas: bool = False
    conditions: tuple[RawCondition, ...] = ()
    """The conditional formats with what they make of a cell."""
    rows_hidden_by_default: bool = False
    """Every row that the XML does not mention is hidden."""
    hyperlinks: tuple[tuple[str, str], ...] = ()
    """(cells, target) of each link."""
    conditional_formats: tuple[Box, ...] = ()
    """The areas that carry conditional formatting."""
    comments: tuple[tuple[str, str], ...] = ()
    """(cell, author) of each comment, threaded ones among them."""
    pictures: int = 0
    """How many pictures, charts and shapes lie on the sheet."""


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A whole received workbook. ``faults`` are those that did not stop the reading."""

    sheets: tuple[RawSheet, ...]
    styles: tuple[RawStyle, ...] = (RawStyle(),)
    defined_names: tuple[RawName, ...] = ()
    structure_locked: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    """Custom document properties, values as text."""
    producer: str | None = None
    """The application that saved the file, as it calls itself."""
    date1904: bool = False
    calc_mode: str = "auto"
    iterate: bool = False
    full_precision: bool = True
    """False: Excel calculates with numbers as displayed."""
    parts: tuple[str, ...] = ()
    """Names of all parts of the package."""
    faults: tuple[Fault, ...] = ()

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of that name, upper and lower case alike, as in Excel."""
        wanted = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)

    def style(self, cell: RawCell) -> RawStyle:
        """The format of a cell."""
        return self.styles[cell.style]
