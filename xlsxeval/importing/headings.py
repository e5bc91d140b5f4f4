"""Which printed words stand over and beside a cell: the headings that say what belongs into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from xlsxeval.importing.blank import BlankArea, BlankSheet, Content
from xlsxeval.importing.texts import brief, is_key, is_total

_HEADING_ROWS, _LEAST_HEADINGS = 3, 3
_FOOTER = re.compile(r"填[报表制]人|电话|联系人|负责人|经办人|审核人|复核人|日期|盖章|签[字章]")


@dataclass(frozen=True, slots=True)
class Headings:
    """``beside`` to the left and ``above``, each the nearest first. ``keyed`` where the left one alone is meant."""

    beside: tuple[str, ...]
    above: tuple[str, ...]
    keyed: bool = False

    @property
    def label(self) -> str:
        """``三公经费（决算数）``: the row's heading and the column's."""
        names = [brief(group[0]) for group in (self.beside, () if self.keyed else self.above) if group]
        return f"{names[0]}（{names[1]}）" if len(names) > 1 else "".join(names)

    @property
    def is_total(self) -> bool:
        """Whether the line is one of sums."""
        return any(is_total(text) for text in self.beside[:2])


class HeadingFinder:
    """Headings of the cells of one form. What it finds out of a row it keeps."""

    def __init__(self, blank: BlankSheet) -> None:
        self._blank = blank
        self._keys: dict[int, bool] = {}
        self._lines: dict[int, bool] = {}

    def of(self, area: BlankArea) -> Headings:
        """The headings of a cell."""
        beside = self._beside(area)
        left = self._blank.owner.get((area.row, area.column - 1))
        if self.is_key_row(area.row):
            near = left is not None and left.is_label
            return Headings(beside if near else (), (), keyed=True)
        above = self._above(area)
        if left is None or not left.is_label:
            return Headings(beside, above)
        names_row = is_key(left.text) and left.rows == area.rows and not self._heads_row(left)
        if names_row and not self._table_row(area.row):
            return Headings(beside, (), keyed=True)
        return Headings(beside, above, keyed=not above)

    def columns_above(self, area: BlankArea) -> tuple[str, ...]:
        """The headings of the column that a cell stands in."""
        return self._above(area)

    def is_heading_row(self, row: int) -> bool:
        """Whether a row has nothing but headings of columns: labels, but for an empty corner on the left."""
        if row not in self._lines:
            self._lines[row] = self._heads_columns(row)
        return self._lines[row]

    def is_key_row(self, row: int) -> bool:
        """Whether labels and cells to be filled in take turns: 主管部门 | ____ | 实施单位 | ____."""
        if row not in self._keys:
            self._keys[row] = self._takes_turns(row) or self._goes_on(row)
        return self._keys[row]

    def own(self, row: int) -> list[BlankArea]:
        """The areas of a row without labels beside it that stand over several rows."""
        return [area for area in self._blank.crossing(row) if area.rows == 1 or not self._is_side(area, row)]

    def _is_side(self, area: BlankArea, row: int) -> bool:
        return (
            area.is_label
            and (area.row < row or area.last_row > row)
            and not (area.last_row == row and self._ends_heading(area))
        )

    def _ends_heading(self, area: BlankArea) -> bool:
        """Whether a label of several rows is the heading of a column: what is below it is to be filled in."""
        below = self._blank.below(area)
        if below is not None and not below.is_label:
            return True
        beside = [one for one in self._blank.crossing(area.row) if one.row == area.row]
        return area.rows <= _HEADING_ROWS and len(beside) >= _LEAST_HEADINGS and all(one.is_label for one in beside)

    def _heads_columns(self, row: int) -> bool:
        areas = self.own(row)
        while areas and areas[0].content is Content.EMPTY:
            areas = areas[1:]
        labels = [area for area in areas if area.is_label]
        return len(labels) >= 2 and len(labels) == len(areas)

    def _takes_turns(self, row: int) -> bool:
        areas = self.own(row)
        while areas and areas[-1].content is Content.EMPTY and len(areas) > 1 and areas[-2].content is Content.EMPTY:
            areas = areas[:-1]
        labels = [area for area in areas if area.is_label]
        pairs = [(one, other) for one, other in pairwise(areas) if one.is_label and not other.is_label]
        if any(not one.is_label and not other.is_label for one, other in pairwise(areas)):
            return False
        if not labels or not areas[0].is_label or len(pairs) < 2:
            return len(pairs) == 1 and len(labels) == 1 and len(areas) == 2 and self._is_footer(labels[0])
        return all(self._is_footer(one) for one in labels) or not self._heads_row(pairs[1][0])

    def _goes_on(self, row: int) -> bool:
        """Whether a row is like the row of keys above it, with some of its labels left out."""
        if row <= self._blank.first_row:
            return False
        areas, above = self.own(row), self.own(row - 1)
        if [(one.column, one.columns) for one in areas] != [(one.column, one.columns) for one in above]:
            return False
        fits = all(other.is_label or not one.is_label for one, other in zip(areas, above, strict=True))
        return (
            fits
            and any(one.is_label for one in areas)
            and not all(one.is_label for one in areas)
            and self.is_key_row(row - 1)
        )

    def _is_footer(self, area: BlankArea) -> bool:
        return is_key(area.text) and _FOOTER.search(area.text) is not None

    def _heads_row(self, area: BlankArea) -> bool:
        """Whether a label stands in a table: a row of headings is above it, with cells of the same columns between."""
        here = area
        while (above := self._blank.owner.get((here.row - 1, area.column))) is not None:
            if (
                above.is_label
                and self.is_heading_row(above.last_row)
                and above.covers(area)
                and len(self.own(above.last_row)) >= 3
            ):
                return True
            if (above.column, above.last_column) != (area.column, area.last_column):
                return False
            here = above
        return False

    def _table_row(self, row: int) -> bool:
        return sum(not area.is_label for area in self.own(row)) > 1

    def _beside(self, area: BlankArea) -> tuple[str, ...]:
        found: list[str] = []
        column = area.column - 1
        while (here := self._blank.owner.get((area.row, column))) is not None:
            if here.is_label:
                found.append(here.text)
            elif found:
                break
            column = here.column - 1
        return tuple(found)

    def _above(self, area: BlankArea) -> tuple[str, ...]:
        """Labels over a cell, with nothing between but cells of its own column."""
        found: list[str] = []
        row = area.row - 1
        while (here := self._blank.owner.get((row, area.column))) is not None:
            if self._blank.full_width(here):
                break
            if here.is_label and (not is_total(here.text) or self.is_heading_row(here.last_row)):
                if not here.covers(area) or self.is_key_row(here.row) or (not found and not self._may_head(here)):
                    break
                found.append(here.text)
            elif found or (here.column, here.last_column) != (area.column, area.last_column):
                break
            row = here.row - 1
        return tuple(found)

    def _may_head(self, label: BlankArea) -> bool:
        """Whether a label is no name of the row that it stands in."""
        right = self._blank.right(label)
        first = label.column == self._blank.first_column
        return not (
            right is not None and right.is_open and (is_key(label.text) or first) and label.rows == right.rows
        ) or self.is_heading_row(label.row)
