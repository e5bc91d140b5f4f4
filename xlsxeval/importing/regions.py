"""Blocks of lines: rows of one kind under the headings of their columns, most likely as many as a unit needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlsxeval.importing.blank import BlankArea, BlankSheet, Content
from xlsxeval.importing.headings import HeadingFinder
from xlsxeval.importing.roles import Roles
from xlsxeval.importing.texts import is_filler, is_total, plain

LEAST_LINES = 3
_LEAST_ROLES = 3
_LEVELS = ("level1", "level2", "level3")


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column of a block: the area of its first line, its headings with the nearest first, and what was printed in it."""

    area: BlankArea
    headings: tuple[str, ...]
    printed: tuple[str, ...]
    samples: tuple[str, ...]
    is_open: bool = False
    """Whether some of its cells are empty."""
    goes_on: bool = False
    """Whether …… says that other words than the printed ones are possible."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows from ``first`` to ``last``. ``fixed``: every line has a name of its own in print, so they do not repeat."""

    first: int
    last: int
    columns: tuple[LineColumn, ...]
    is_indicators: bool = False
    fixed: bool = False
    owner: BlankArea | None = None
    """The label of the line above whose details the rows are: 3、本级专项资金（一个专项一行）."""
    filled: bool = False
    """Whether the rows hold data that somebody has typed."""

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


def find_regions(blank: BlankSheet, finder: HeadingFinder, roles: Roles, first_row: int) -> list[Region]:
    """All blocks below the title, from top to bottom."""
    found: list[Region] = []
    row = first_row
    while row < blank.last_row:
        region = _below_headings(blank, finder, roles, row) if finder.is_heading_row(row) else None
        region = region or _equal_rows(blank, finder, row)
        if region is not None:
            found.append(region)
            row = region.last + 1
        else:
            row += 1
    return found


def _below_headings(blank: BlankSheet, finder: HeadingFinder, roles: Roles, row: int) -> Region | None:
    """The table of indicators under a row of headings: columns that are known, rows until the total or another table."""
    if row + 1 <= blank.last_row and finder.is_heading_row(row + 1):
        return None
    heads = [area for area in finder.own(row) if area.is_label]
    named = [(area, roles.find("lines", area.text)) for area in heads]
    if len({name for _, name in named if name}) < _LEAST_ROLES or not any(name in _LEVELS for _, name in named):
        return None
    columns = [area for area in blank.crossing(row) if area.is_label and area.last_row == row]
    side = blank.owner[row, blank.first_column]
    end = side.last_row if side.is_label and side.last_row > row else blank.last_row
    last = row
    while last < end and _is_line(blank, finder, last + 1, columns):
        last += 1
    if last == row:
        return None
    names = [name for _, name in named]
    deepest = next(area for level in reversed(_LEVELS) for area, name in named if name == level)
    cells = [blank.owner[line, deepest.column] for line in range(row + 1, last + 1)]
    is_open = sum(cell.is_open for cell in cells)
    fixed = not is_open or (is_open * 2 < len(cells) and "level3" in names)
    return Region(row + 1, last, _columns(blank, finder, row + 1, last), True, fixed)


def _is_line(blank: BlankSheet, finder: HeadingFinder, row: int, columns: list[BlankArea]) -> bool:
    """Whether a row goes on with a table: not a total, a note or other headings, and cells within its columns."""
    areas = blank.crossing(row)
    if any(blank.full_width(area) for area in areas) or (finder.is_heading_row(row) and not _has_cells(areas)):
        return False
    first = next((area for area in areas if area.text and area.row == row), None)
    if first is not None and (is_total(first.text) or (first.column == blank.first_column and _is_note(first))):
        return False
    edges = {column.column for column in columns}
    begin = [area.column for area in areas if area.row == row]
    return all(column in edges or column < min(edges) for column in begin) and not finder.is_key_row(row)


def _has_cells(areas: tuple[BlankArea, ...]) -> bool:
    return any(not area.is_label for area in areas)


def _is_note(area: BlankArea) -> bool:
    return plain(area.text)[:2] in ("备注", "说明", "注")


def _equal_rows(blank: BlankSheet, finder: HeadingFinder, row: int) -> Region | None:
    """A run of rows that look alike: all to be filled in, or all filled in by somebody."""
    shape = _shape(blank, finder, row)
    if shape is None:
        return None
    last = row
    while last < blank.last_row and _shape(blank, finder, last + 1) == shape:
        last += 1
    numbered = any(area.content is Content.FILLER for area in blank.crossing(row))
    if last - row + 1 < (2 if numbered else LEAST_LINES):
        return None
    columns = _columns(blank, finder, row, last)
    if sum(bool(column.headings) for column in columns) < 2:
        return None
    filled = any(column.samples for column in columns)
    owner = None
    if columns and not columns[0].headings and columns[0].area.column == blank.first_column:
        above = blank.owner.get((row - 1, blank.first_column))
        if above is not None and above.is_label:
            owner = above
            columns = (replace(columns[0], headings=("名称",)), *columns[1:])
    return Region(row, last, columns, owner=owner, filled=filled)


def _shape(blank: BlankSheet, finder: HeadingFinder, row: int) -> tuple[object, ...] | None:
    """What a row looks like as one of a block, None where it is none: it has labels of its own."""
    shape: list[object] = []
    cells = 0
    areas = blank.crossing(row)
    filled = _is_filled(blank, finder, row)
    for area in areas:
        if area.rows > 1:
            if not area.is_label or area.row == row:
                return None
            shape.append((area.column, area.columns, area.row))
        elif area.content is Content.FORMULA or (area.is_label and not filled):
            return None
        else:
            cells += 1
            shape.append((area.column, area.columns, area.content is Content.DASH))
    if cells < 2 or not any(area.content is not Content.EMPTY or finder.of(area).above for area in areas):
        return None
    return (filled, *shape)


def _is_filled(blank: BlankSheet, finder: HeadingFinder, row: int) -> bool:
    """Whether a row is data: a figure and two texts at least, each under a heading of its column."""
    if finder.is_heading_row(row) or finder.is_key_row(row):
        return False
    areas = blank.crossing(row)
    first = next((area for area in areas if area.is_label), None)
    if first is None or is_total(first.text):
        return False
    texts = [area for area in areas if area.is_label and area.rows == 1]
    figures = [area for area in areas if area.content is Content.VALUE]
    return len(texts) >= 2 and bool(figures) and not is_filler(first.text)


def _columns(blank: BlankSheet, finder: HeadingFinder, first: int, last: int) -> tuple[LineColumn, ...]:
    """The columns of a block; a label beside it that began above it is none."""
    found = []
    for area in blank.crossing(first):
        if area.row < first:
            continue
        top = BlankArea(first, area.column, 1, area.columns)
        cells = dict.fromkeys(blank.owner[row, area.column] for row in range(first, last + 1))
        printed = tuple(dict.fromkeys(re_joined(cell.text) for cell in cells if cell.is_label))
        samples = tuple(cell.text for cell in cells if cell.content is Content.VALUE)
        is_open = any(cell.content is Content.EMPTY for cell in cells)
        goes_on = any(set(cell.text.strip()) <= set(".…。·") for cell in cells if cell.text.strip())
        found.append(LineColumn(area, finder.columns_above(top), printed, samples, is_open, goes_on))
    return tuple(found)


def re_joined(text: str) -> str:
    """A printed text on one line."""
    return "".join(text.split())
