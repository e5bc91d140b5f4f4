"""The order in which formulas are computed: each after what it reads; circles are found with their path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence


def components(nodes: Sequence[int], precedents: Callable[[int], Iterable[int]]) -> Iterator[list[int]]:
    """Groups of nodes that need each other, every group after the groups it needs (Tarjan's algorithm, in a loop).

    A group of one is an ordinary node, unless it needs itself. Nothing recurses: a chain of a hundred thousand
    formulas is as good as one of ten.
    """
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    open_nodes: list[int] = []
    is_open: set[int] = set()
    for root in nodes:
        if root in number:
            continue
        path: list[tuple[int, Iterator[int]]] = []
        _enter(root, number, low, open_nodes, is_open)
        path.append((root, iter(precedents(root))))
        while path:
            node, rest = path[-1]
            below = next((other for other in rest if other not in number or other in is_open), None)
            if below is None:
                path.pop()
                if path:
                    parent = path[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == number[node]:
                    yield _close(node, open_nodes, is_open)
            elif below in number:
                low[node] = min(low[node], number[below])
            else:
                _enter(below, number, low, open_nodes, is_open)
                path.append((below, iter(precedents(below))))


def _enter(node: int, number: dict[int, int], low: dict[int, int], open_nodes: list[int], is_open: set[int]) -> None:
    number[node] = low[node] = len(number)
    open_nodes.append(node)
    is_open.add(node)


def _close(node: int, open_nodes: list[int], is_open: set[int]) -> list[int]:
    """Takes a finished group off the list."""
    start = len(open_nodes) - 1
    while open_nodes[start] != node:
        start -= 1
    group = open_nodes[start:]
    del open_nodes[start:]
    is_open.difference_update(group)
    return group


def circle(group: Sequence[int], precedents: Callable[[int], Iterable[int]]) -> list[int]:
    """One way round a group that needs itself, from its least node back to it; the shortest one."""
    members = set(group)
    start = min(group)
    came_from: dict[int, int] = {}
    wave = [start]
    while wave:
        following: list[int] = []
        for node in wave:
            for other in precedents(node):
                if other == start:
                    return _way_back(came_from, start, node)
                if other in members and other not in came_from:
                    came_from[other] = node
                    following.append(other)
        wave = following
    return [start]


def _way_back(came_from: dict[int, int], start: int, node: int) -> list[int]:
    way = [start]
    back: list[int] = []
    while node != start:
        back.append(node)
        node = came_from[node]
    return way + back[::-1] + [start]
