"""Sequences whose items are made each time they are asked for: a million of them take no memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")
Made = TypeVar("Made", covariant=True)


class Lazy(Sequence[Made]):
    """``make`` of each number. A slice is as lazy."""

    def __init__(self, numbers: range, make: Callable[[int], Made]) -> None:
        self._numbers = numbers
        self._make = make

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Made: ...
    @overload
    def __getitem__(self, index: slice) -> Lazy[Made]: ...
    def __getitem__(self, index: int | slice) -> Made | Lazy[Made]:
        if isinstance(index, slice):
            return Lazy(self._numbers[index], self._make)
        return self._make(self._numbers[index])


def lazily(items: Sequence[Item], change: Callable[[int, Item], Made]) -> Lazy[Made]:
    """Each item as ``change`` makes it, given its number."""
    return Lazy(range(len(items)), lambda number: change(number, items[number]))
