"""Which printed words stand over and beside a cell: the headings that say what belongs into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from xlsxeval.importing.blank import BlankArea, BlankSheet

_NUMBERING = re.compile(
    r"^\s*(?:[（(]?(?:[一二三四五六七八九十]+|[0-9]{1,2})(?:[、．.]|[)）][、.]?)|其中[：:]|[①-⑳])\s*"
)
_REMARK = re.compile(r"[（(][^（()）]*[)）]$")
_TOTALS = ("总分", "合计", "总计", "小计", "总得分")


@dataclass(frozen=True, slots=True)
class Headings:
    """``beside`` to the left and ``above``, each the nearest first. ``keyed`` where the left one alone is meant (单位：)."""

    beside: tuple[str, ...]
    above: tuple[str, ...]
    keyed: bool = False

    @property
    def nearest(self) -> tuple[str, ...]:
        """All of them, in the order in which they tell what kind of value is meant."""
        return self.beside if self.keyed else (*self.above[:1], *self.beside[:1], *self.above[1:], *self.beside[1:])

    @property
    def label(self) -> str:
        """``三公经费（决算数）``: the row's heading and the column's."""
        names = [brief(group[0]) for group in (self.beside, () if self.keyed else self.above) if group]
        return f"{names[0]}（{names[1]}）" if len(names) > 1 else "".join(names)

    @property
    def is_total(self) -> bool:
        """Whether the line is a total."""
        return any(plain(text) in _TOTALS for text in self.beside)


def headings(blank: BlankSheet, area: BlankArea) -> Headings:
    """The headings of a cell. A label as wide as the form heads a section, not a column."""
    beside = _walk(blank, area, _left)
    above = _walk(blank, area, _above)
    left = blank.owner.get((area.row, area.column - 1))
    keys = sum(_is_key(one) for one in blank.areas(area.row))
    keyed = left is not None and bool(left.text) and (not above or (_is_key(left) and keys > 1))
    return Headings(beside, above, keyed)


def plain(text: str) -> str:
    """A heading without its numbering, its line breaks and the colon behind it."""
    joined = re.sub(r"\s+", "", text)
    return _NUMBERING.sub("", _NUMBERING.sub("", joined)).rstrip("：:")


def brief(text: str) -> str:
    """A heading without the remark in brackets behind it, too."""
    name = plain(text)
    return _REMARK.sub("", name) or name


def _is_key(area: BlankArea) -> bool:
    """Whether a label names the cell on its right (单位：) and heads no column."""
    return area.text.rstrip().endswith(("：", ":"))


def _left(area: BlankArea, of: BlankArea) -> tuple[int, int]:
    return of.row, area.column - 1


def _above(area: BlankArea, of: BlankArea) -> tuple[int, int]:
    return area.row - 1, of.column


def _walk(
    blank: BlankSheet, area: BlankArea, step: Callable[[BlankArea, BlankArea], tuple[int, int]]
) -> tuple[str, ...]:
    """The first run of labels in one direction."""
    found: list[str] = []
    spot = step(area, area)
    while spot in blank.owner:
        here = blank.owner[spot]
        if here.text and (blank.full_width(here) or (step is _above and not _heads(here, area))):
            break
        if here.text:
            found.append(here.text)
        elif found:
            break
        spot = step(here, area)
    return tuple(found)


def _heads(label: BlankArea, area: BlankArea) -> bool:
    """Whether a label above a cell can be the heading of its column: as wide as the cell, and no key of another."""
    return not _is_key(label) and label.column <= area.column and label.last_column >= area.last_column
