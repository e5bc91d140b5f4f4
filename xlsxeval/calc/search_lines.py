"""A row or column that values are looked up in; that of a large range is put in order once for all formulas of a run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from xlsxeval.calc.criteria import has_wildcards, text_test
from xlsxeval.calc.operators import compare
from xlsxeval.calc.values import Grid, Scalar


def key_of(value: Scalar) -> Any:
    """What equal values have in common: numbers by fifteen digits, texts without regard to case. None for errors and blanks."""
    kind = type(value)
    if kind is float:
        return f"{value:.14e}", 0
    if kind is str:
        return value.casefold()  # type: ignore[union-attr]
    return value if kind is bool else None


class SearchLine:
    """Values in a line; ``indexed`` ones are asked often enough to be worth an index."""

    __slots__ = ("_first", "_kinds", "_last", "indexed", "values")

    def __init__(self, values: Sequence[Scalar], *, indexed: bool) -> None:
        self.values = values
        self.indexed = indexed
        self._first: dict[Any, int] | None = None
        self._last: dict[Any, int] | None = None
        self._kinds: dict[type, list[int]] = {}

    def exact(self, wanted: Scalar, *, wildcards: bool, backwards: bool = False) -> int | None:
        """The first place (from behind: the last) of a value, counted from 0."""
        if wanted is None:
            wanted = 0.0
        if wildcards and isinstance(wanted, str) and has_wildcards(wanted):
            test = text_test(wanted)
            return self.where(lambda value: isinstance(value, str) and test(value), backwards=backwards)
        if self.indexed:
            return self._index(backwards=backwards).get(key_of(wanted))
        key, kind = key_of(wanted), type(wanted)
        return self.where(lambda value: type(value) is kind and key_of(value) == key, backwards=backwards)

    def where(self, test: Callable[[Scalar], bool], *, backwards: bool = False) -> int | None:
        """The first place whose value passes a test, or the last."""
        return next((place for place in self._places(backwards=backwards) if test(self.values[place])), None)

    def _places(self, *, backwards: bool) -> Iterable[int]:
        return range(len(self.values) - 1, -1, -1) if backwards else range(len(self.values))

    def _index(self, *, backwards: bool) -> dict[Any, int]:
        found = self._last if backwards else self._first
        if found is None:
            found = {}
            for place in self._places(backwards=not backwards):  # what comes last stays
                key = key_of(self.values[place])
                if key is not None:
                    found[key] = place
            if backwards:
                self._last = found
            else:
                self._first = found
        return found

    def _of_kind(self, kind: type) -> list[int]:
        places = self._kinds.get(kind)
        if places is None:
            places = self._kinds[kind] = [place for place, value in enumerate(self.values) if type(value) is kind]
        return places

    def halved(self, wanted: Scalar, *, falling: bool = False) -> int | None:
        """The place that Excel's search by halving comes to, in values that ought to be in order.

        An equal value ends it, at the last of equal neighbours. Where the middle holds a value of another kind, the next
        of the kind above it is taken, and where there is none, the search goes on below.
        """
        if wanted is None:
            wanted = 0.0
        places, sign = self._of_kind(type(wanted)), -1 if falling else 1
        low, high = -1, len(self.values)
        while high - low > 1:
            middle = (low + high) // 2
            at = bisect_left(places, middle)
            if at == len(places) or places[at] >= high:
                high = middle
                continue
            order = compare(self.values[places[at]], wanted) * sign
            if order == 0:
                return self._last_equal(places, at, wanted, high)
            if order > 0:
                high = middle
            else:
                low = places[at]
        return low if low >= 0 else None

    def _last_equal(self, places: Sequence[int], at: int, wanted: Scalar, high: int) -> int:
        """The last of the equal values that follow one another; found by halving too where they are many."""
        following = bisect_right(
            range(at, bisect_left(places, high)), 0, key=lambda i: self._differs(places, i, wanted)
        )
        return places[at + following - 1] if following else places[at]

    def _differs(self, places: Sequence[int], at: int, wanted: Scalar) -> int:
        return int(compare(self.values[places[at]], wanted) != 0)

    def nearest(self, wanted: Scalar, *, larger: bool, backwards: bool = False) -> int | None:
        """The place of the smallest value above the wanted one, or of the largest below it; numbers come before texts."""
        best: int | None = None
        for place in self._places(backwards=backwards):
            value = self.values[place]
            if value is None or type(value) not in (float, str, bool) or (compare(value, wanted) > 0) is not larger:
                continue
            if best is None or (
                compare(value, self.values[best]) < 0 if larger else compare(value, self.values[best]) > 0
            ):
                best = place
        return best


def line_of(grid: Grid) -> SearchLine:
    """The line that a single row or column is."""
    return grid.kept("line", lambda: SearchLine(grid.values(), indexed=grid.memory is not None))


def first_column(grid: Grid) -> SearchLine:
    """The first column of a table."""
    return grid.kept(
        "first column",
        lambda: SearchLine(grid.cells[:: grid.width] if grid.width else (), indexed=grid.memory is not None),
    )


def first_row(grid: Grid) -> SearchLine:
    """The first row of a table."""
    return grid.kept("first row", lambda: SearchLine(grid.row(0), indexed=grid.memory is not None))
