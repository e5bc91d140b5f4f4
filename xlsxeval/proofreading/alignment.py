"""Which of the old paragraphs or rows became which of the new ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item")
Pair = tuple[int | None, int | None]
"""The number of an old item and of the new one that it became; None where there is none."""

_MANY = 2_000
_MOST_PAIRS = 10_000
"""More pairs than that are not weighed one by one: no honest change is as large."""


def aligned(
    old: Sequence[Item], new: Sequence[Item], key: Callable[[Item], Hashable], likeness: Callable[[Item, Item], float]
) -> list[Pair]:
    """All items, in order: equal keys first, between them those that are most alike; ``likeness`` 0 forbids a pair."""
    old_keys, new_keys = [key(item) for item in old], [key(item) for item in new]
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=len(new) > _MANY)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(range(first, last), range(start, end), strict=True)
        else:
            inside = _paired(old[first:last], new[start:end], likeness)
            pairs += [
                (None if was is None else was + first, None if became is None else became + start)
                for was, became in inside
            ]
    return _with_moved(pairs, old_keys, new_keys)


def _paired(old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], float]) -> list[Pair]:
    """The pairs in order whose likenesses add up to most."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return [*((index, None) for index in range(len(old))), *((None, index) for index in range(len(new)))]
    weights = [[likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            taken = best[row + 1][column + 1] + weights[row][column] if weights[row][column] else 0.0
            best[row][column] = max(taken, best[row + 1][column], best[row][column + 1])
    pairs: list[Pair] = []
    row = column = 0
    while row < len(old) or column < len(new):
        inside = row < len(old) and column < len(new)
        weight = weights[row][column] if inside else 0.0
        if weight and best[row][column] == best[row + 1][column + 1] + weight:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif row < len(old) and best[row][column] == best[row + 1][column]:
            pairs.append((row, None))
            row += 1
        else:
            pairs.append((None, column))
            column += 1
    return pairs


def _with_moved(pairs: list[Pair], old_keys: Sequence[Hashable], new_keys: Sequence[Hashable]) -> list[Pair]:
    """What was only moved elsewhere is no deletion and no addition."""
    gone: dict[Hashable, list[int]] = {}
    for was, became in pairs:
        if was is not None and became is None:
            gone.setdefault(old_keys[was], []).append(was)
    moved: dict[int, int] = {}
    for was, became in pairs:
        if was is None and became is not None and gone.get(new_keys[became]):
            moved[gone[new_keys[became]].pop(0)] = became
    arrived = set(moved.values())
    left = [(was, became) for was, became in pairs if not (was is None and became in arrived)]
    return [(was, moved[was]) if was in moved and became is None else (was, became) for was, became in left]
