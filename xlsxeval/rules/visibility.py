"""Whether a person sees what a cell holds: contrast of text and ground, size of text, room in the cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.cells import RawCell, RawDifferential, RawStyle
from xlsxeval.intake.colors import BLACK, WHITE
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.layout.metrics import text_width
from xlsxeval.rules.display import display

LEAST_CONTRAST = 1.5
"""The contrast (WCAG 2.1, from 1 to 21) below which a text cannot be told from its ground. Pale grey on white has 1.6."""
SMALLEST = 4.0
"""Points; smaller letters cannot be read on paper."""
_USUAL = 11.0
_INDENT = 1.3
"""Characters that one step of indentation takes: three blanks."""
_COLOUR = re.compile(
    r"\[(black|blue|cyan|green|magenta|red|white|yellow|黑色?|蓝色?|青色?|绿色?|洋红色?|红色?|白色?|黄色?)\]", re.I
)
_NAMED = {
    "black": BLACK,
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": WHITE,
    "yellow": "FFFF00",
    "黑": BLACK,
    "蓝": "0000FF",
    "青": "00FFFF",
    "绿": "00FF00",
    "洋红": "FF00FF",
    "红": "FF0000",
    "白": WHITE,
    "黄": "FFFF00",
}
_MOST_CONDITIONS = 200
"""Conditional formats of a worksheet that are looked at: a hostile file may have half a million."""
_QUOTED = re.compile(r'"[^"]*"|\\.')


@lru_cache(maxsize=4096)
def contrast(one: str, other: str) -> float:
    """The contrast of two colours (``RRGGBB``) as WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def blends_in(font: str | None, fill: str | None) -> bool:
    """Whether a text of one colour cannot be seen on a ground of the other; None is the automatic colour, and no fill."""
    return contrast(font or BLACK, fill or WHITE) < LEAST_CONTRAST


def format_colour(number_format: str, value: object) -> str | None:
    """The colour that a number format gives a value: ``[White]0.00``; None where it gives none."""
    if "[" not in number_format:
        return None
    sections = _QUOTED.sub("", number_format).split(";")
    at = 3 if isinstance(value, str) else 0
    if isinstance(value, float) and len(sections) > 1:
        at = 1 if value < 0 else 2 if value == 0 and len(sections) > 2 else 0
    match = _COLOUR.search(sections[at]) if at < len(sections) else None
    return None if match is None else _NAMED[match[1].lower().removesuffix("色")]


def holds_something(raw: RawCell) -> bool:
    """Whether a cell shows a value."""
    return raw.value is not None and (not isinstance(raw.value, str) or raw.value.strip() != "")


class Looks:
    """The conditional formats of a worksheet that are not the form's own."""

    def __init__(self, view: SheetView) -> None:
        self._conditions = view.raw.conditions[:_MOST_CONDITIONS]

    def at(self, cell: PlacedCell, place: tuple[int, int]) -> Iterator[RawDifferential]:
        """The looks that a cell may get, whatever their conditions say."""
        if cell.carried is not None:
            return  # the form itself does not show a class that repeats the line above
        for condition in self._conditions:
            if any(
                top <= place[0] <= bottom and left <= place[1] <= right for top, left, bottom, right in condition.ranges
            ):
                yield from condition.looks

    def hidden_by(self, cell: PlacedCell, place: tuple[int, int], hides: Callable[[RawDifferential], bool]) -> bool:
        """Whether one of the looks that a cell may get hides it."""
        return any(hides(look) for look in self.at(cell, place))


@dataclass(frozen=True)
class Room:
    """A cell that shows a value, with the room that its rows and columns give it."""

    cell: PlacedCell
    raw: RawCell
    style: RawStyle
    rows: range
    columns: range
    sheet: SheetRoom

    @cached_property
    def height(self) -> float:
        """Points."""
        return sum(self.sheet.height(row) for row in self.rows)

    @cached_property
    def width(self) -> float:
        """Characters of the standard font."""
        return sum(self.sheet.width(column) for column in self.columns)

    @property
    def size(self) -> float:
        """Points; of the largest letters in the cell."""
        own = self.style.font_size or _USUAL
        return max((run.size or own for run in self.raw.runs), default=own) if self.raw.runs else own

    @property
    def indent(self) -> float:
        """Characters that the indentation takes."""
        return self.style.indent * _INDENT

    @cached_property
    def text_width(self) -> float:
        """Characters of the standard font that the value takes in one line."""
        shown = display(self.raw.value, self.style.number_format)
        return text_width(shown) * self.size / _USUAL

    @property
    def narrowed(self) -> bool:
        """Whether the columns are narrower than the form has them."""
        first = self.cell.address.column - 1
        return self.width < 0.9 * sum(self.sheet.own_widths[first : first + self.cell.columns])

    @property
    def is_number(self) -> bool:
        return isinstance(self.raw.value, float)


class SheetRoom:
    """Heights and widths of a worksheet as they came back; hidden rows and columns have none."""

    def __init__(self, submission: Submission, view: SheetView) -> None:
        self.own_widths = view.layout.column_widths
        self._raw = view.raw
        self._view = view
        self._submission = submission
        self._hidden_rows = {row for span in view.raw.hidden_rows for row in _known(span, view.layout.print_rows)}
        self._hidden_columns = {
            column for span in view.raw.hidden_columns for column in _known(span, view.layout.print_columns)
        }

    def height(self, row: int) -> float:
        """The height of a row of the file in points."""
        if row in self._hidden_rows:
            return 0.0
        return self._raw.low_rows.get(row, _ENOUGH)

    def width(self, column: int) -> float:
        """The width of a column of the file in characters."""
        if column in self._hidden_columns:
            return 0.0
        found = (width for first, last, width in self._raw.column_widths if first <= column <= last)
        default = self._raw.default_width
        return next(found, _USUAL_WIDTH if default is None else default)

    def cells(self) -> Iterator[Room]:
        """The printed cells of the form that show a value."""
        styles = self._submission.raw.styles
        for cell, place in self._view.placed:
            raw = self._view.raw.cells.get(place)
            if raw is None or not holds_something(raw) or not self._printed(cell):
                continue
            rows = range(place[0], place[0] + cell.rows)
            columns = range(place[1], place[1] + cell.columns)
            yield Room(cell, raw, styles[raw.style], rows, columns, self)

    def _printed(self, cell: PlacedCell) -> bool:
        layout = self._view.layout
        return cell.address.row <= layout.print_rows and cell.address.column <= layout.print_columns


@lru_cache(maxsize=1)
def rooms(submission: Submission) -> Mapping[str, Sequence[Room]]:
    """The printed cells that show a value, by the layout's name of the worksheet."""
    return {name: tuple(SheetRoom(submission, view).cells()) for name, view in submission.views.items()}


_ENOUGH = 15.0
"""Points; of a row that is not lower than a line of text."""
_USUAL_WIDTH = 8.43


def _known(span: tuple[int, int], last: int) -> range:
    """The part of a run of rows or columns that a form can have, with some that were inserted."""
    return range(span[0], min(span[1], 2 * last + 100) + 1)
