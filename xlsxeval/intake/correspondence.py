"""Rows and columns of the layout found again in a returned worksheet by what the form itself writes in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import pairwise

from xlsxeval.intake.cells import RawSheet, RawWorkbook
from xlsxeval.layout.layout import CellKind, SheetLayout

_FORMULA = "ƒ"
_INPUT = "□"
_OWN = (_FORMULA, _INPUT)
_ENOUGH = 0.6
"""Share of a sheet's labelled rows or columns that must be found again before values are taken from moved places."""
_FARTHEST_ROW, _FARTHEST_COLUMN = 5_000, 250
"""How far rows and columns may have moved to be found again: the search takes the time of form times file."""
_LABEL_WEIGHT = 3.0
_FILLED_WEIGHT = 0.001
"""An empty column that a program put in copies the locks of its neighbour: the one with values in it is the form's."""

Lines = dict[int, int]
"""Rows or columns of the layout → those of the file."""
Marks = frozenset[tuple[int, str]]
"""What stands in a row: (column, text), a formula or an input as its mark."""


def match(sheet: SheetLayout, raw: RawSheet, book: RawWorkbook) -> tuple[Lines, Lines]:
    """Rows and columns of the layout → the file's: the same where the labels stand where they should."""
    rows = {row: row for row in range(1, _last_row(sheet) + 1)}
    columns = {column: column for column in range(1, last_column(sheet) + 1)}
    wanted = _wanted(sheet)
    have = _have(raw, book)
    if all(marks <= have.get(row, frozenset()) for row, marks in wanted.items()):
        return rows, columns
    columns = _columns(sheet, raw, wanted, have) or columns
    if any(columns.get(column) != column for column in range(1, last_column(sheet) + 1)):
        back = {actual: column for column, actual in columns.items()}
        have = {row: _shifted(marks, back) for row, marks in have.items()}
        have = {row: marks for row, marks in have.items() if marks}
    rows = _rows(sheet, raw, wanted, have) or rows
    return _ends_of_merges(sheet, raw, rows, columns)


def last_column(sheet: SheetLayout) -> int:
    """The last column that holds anything of the form, helper columns among them."""
    return max((cell.address.column + cell.columns - 1 for cell in sheet.cells), default=0)


def _last_row(sheet: SheetLayout) -> int:
    return max((cell.address.row + cell.rows - 1 for cell in sheet.cells), default=0)


def _rows(sheet: SheetLayout, raw: RawSheet, wanted: Mapping[int, Marks], have: Mapping[int, Marks]) -> Lines | None:
    """The layout's rows → the file's; None where they stand where they should, or too few are found again."""
    still = [row for row, marks in wanted.items() if marks <= have.get(row, frozenset())]
    ours, theirs = list(wanted), list(have)
    found = _longest_match(ours, theirs, lambda row, other: float(wanted[row] <= have[other]))
    moved = _out_of_order(found, wanted, have)
    if len(found) + len(moved) <= len(still) or len(found) < _ENOUGH * len(wanted):
        return None
    return moved | _complete(found, _last_row(sheet), max(have, default=0), set(moved))


def _out_of_order(found: Lines, wanted: Mapping[int, Marks], have: Mapping[int, Marks]) -> Lines:
    """Rows that were sorted away from their place: told by their labels, where only one row of the file has them."""
    lost = [row for row in wanted if row not in found and any(mark[0] not in _OWN for _, mark in wanted[row])]
    free = [row for row in have if row not in set(found.values())]
    fits = {row: [other for other in free if wanted[row] <= have[other]] for row in lost}
    claims = Counter(others[0] for others in fits.values() if len(others) == 1)
    return {row: others[0] for row, others in fits.items() if len(others) == 1 and claims[others[0]] == 1}


def _columns(sheet: SheetLayout, raw: RawSheet, wanted: Mapping[int, Marks], have: Mapping[int, Marks]) -> Lines | None:
    """Pairs the columns of the form with those of the sheet by their texts, in whatever rows these stand."""
    ours, theirs = _by_column(wanted), _by_column(have)
    filled = Counter(column for (_, column), cell in raw.cells.items() if not cell.empty)

    def likeness(column: int, other: int) -> float:
        common = _weight(ours[column] & theirs[other])
        return common + _FILLED_WEIGHT * filled[other] if common >= _ENOUGH * _weight(ours[column]) else 0.0

    still = [column for column in ours if column in theirs and likeness(column, column)]
    if len(still) == len(ours):
        return None
    found = _longest_match(sorted(ours), sorted(theirs), likeness)
    if len(found) <= len(still) or len(found) < _ENOUGH * len(ours):
        return None
    return _complete(found, last_column(sheet), max(theirs, default=0))


def _by_column(rows: Mapping[int, Marks]) -> dict[int, Counter[str]]:
    columns: dict[int, Counter[str]] = {}
    for marks in rows.values():
        for column, mark in marks:
            columns.setdefault(column, Counter())[mark] += 1
    return columns


def _weight(marks: Counter[str]) -> float:
    return sum(number * (1.0 if mark[0] in _OWN else _LABEL_WEIGHT) for mark, number in marks.items())


def _shifted(marks: Marks, back: Mapping[int, int]) -> Marks:
    """The marks of a row of the file in the layout's columns; those of new columns are left out."""
    return frozenset((back[column], mark) for column, mark in marks if column in back)


def _wanted(sheet: SheetLayout) -> dict[int, Marks]:
    """By row, what the layout itself writes there: (column, text), a formula as its mark; in rows of inputs, those."""
    rows: dict[int, set[tuple[int, str]]] = {}
    inputs: dict[int, set[tuple[int, str]]] = {}
    for cell in sheet.cells:
        mark = _FORMULA if cell.formula is not None else _text(cell.value)
        row = cell.address.row
        if cell.kind is CellKind.INPUT:
            inputs.setdefault(row, set()).add((cell.address.column, f"{_INPUT}{cell.columns}"))
        elif mark:
            rows.setdefault(row, set()).add((cell.address.column, mark))
    return {row: frozenset(marks) for row, marks in sorted({**inputs, **rows}.items())}


def _have(raw: RawSheet, book: RawWorkbook) -> dict[int, Marks]:
    widths = {(first, column): last_column - column + 1 for first, column, _, last_column in raw.merges}
    rows: dict[int, set[tuple[int, str]]] = {}
    for (row, column), cell in raw.cells.items():
        if row > _FARTHEST_ROW or column > _FARTHEST_COLUMN:
            continue
        mark = _FORMULA if cell.formula is not None else _text(cell.value)
        if mark:
            rows.setdefault(row, set()).add((column, mark))
        if not book.style(cell).locked:
            rows.setdefault(row, set()).add((column, f"{_INPUT}{widths.get((row, column), 1)}"))
    return {row: frozenset(marks) for row, marks in sorted(rows.items())}


def _longest_match(ours: Sequence[int], theirs: Sequence[int], likeness: Callable[[int, int], float]) -> Lines:
    """The run of the layout's lines that stands in the file in the same order with the greatest likeness in all."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            alike = likeness(ours[i], theirs[j])
            together = best[i + 1][j + 1] + alike if alike else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    lines: Lines = {}
    i = j = 0
    while i < len(ours) and j < len(theirs):
        alike = likeness(ours[i], theirs[j])
        if alike and best[i][j] == best[i + 1][j + 1] + alike:
            lines[ours[i]] = theirs[j]
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return lines


def _complete(found: Mapping[int, int], last: int, length: int, known_elsewhere: Container[int] = ()) -> dict[int, int]:
    """Adds rows that were changed but not moved: those between two found rows as far apart as in the layout."""
    rows = dict(found)
    known = [0, *sorted(found), last + 1]
    for before, after in pairwise(known):
        start = rows.get(before, 0)
        end = rows.get(after, start + after - before if after == last + 1 else length + 1)
        if after - before == end - start:
            between = range(before + 1, after)
            rows |= {row: start + row - before for row in between if row not in known_elsewhere}
    return rows


def _ends_of_merges(sheet: SheetLayout, raw: RawSheet, rows: Lines, columns: Lines) -> tuple[Lines, Lines]:
    """Adds the last rows and columns of merged cells, which carry nothing of their own."""
    ends = {(top, left): (bottom, right) for top, left, bottom, right in raw.merges}
    for cell in sheet.cells:
        row, column = cell.address.row, cell.address.column
        end = ends.get((rows.get(row, 0), columns.get(column, 0)))
        if end is not None:
            _add(rows, row + cell.rows - 1, row, end[0])
            _add(columns, column + cell.columns - 1, column, end[1])
    return dict(sorted(rows.items())), dict(sorted(columns.items()))


def _add(lines: Lines, last: int, first: int, end: int) -> None:
    """The last line of a merge, where it is neither known nor another's."""
    if last > first and last not in lines and end not in lines.values():
        lines[last] = end


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
