"""Defined names replaced by what they stand for, worksheet names before workbook names, without end or explosion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from xlsxeval.calc.nodes import AreaRef, CellRef, ErrorLiteral, Name, Node, height
from xlsxeval.calc.parser import MAX_HEIGHT
from xlsxeval.calc.places import World
from xlsxeval.calc.trees import shift, transform, walk
from xlsxeval.calc.values import ExcelError
from xlsxeval.model import Address

MAX_NODES: Final = 10_000
"""The most nodes that names may add to a formula; beyond, and for a name in terms of itself, it is ``#NAME?``."""

MAX_NESTING: Final = 16
"""How deep names may stand for names."""

Names = Mapping[str | tuple[str, str], Node | str]


def resolve(node: Node, address: Address, world: World) -> tuple[Node, bool]:
    """The tree with every known name replaced, and whether that went to the end; an unknown name stays.

    Relative references of names are written as from A1: they move with the cell that uses the name.
    """
    resolver = _Resolver(world, address)
    return resolver.resolved(node, address.sheet, 0, height(node)), not resolver.gave_up


class _Resolver:
    """Replaces names in one formula; ``left`` counts down what they may still add."""

    def __init__(self, world: World, address: Address) -> None:
        self.world = world
        self.down, self.right = address.row - 1, address.column - 1
        self.left = MAX_NODES
        self.gave_up = False

    def resolved(self, node: Node, sheet: str, depth: int, above: int) -> Node:
        def meaning(part: Node) -> Node | None:
            return self._meaning(part, sheet, depth, above) if isinstance(part, Name) else None

        return transform(node, meaning)

    def _meaning(self, name: Name, sheet: str, depth: int, above: int) -> Node | None:
        scope = sheet if name.sheet is None else self.world.sheet(name.sheet)
        found = None if scope is None else self.world.name(name.name, scope)
        if found is None or scope is None:
            return None
        self.left -= sum(1 for _ in walk(found))
        above += height(found)
        if depth >= MAX_NESTING or above > MAX_HEIGHT or self.left < 0:
            self.gave_up = True
            return ErrorLiteral(ExcelError.NAME)
        placed = transform(shift(found, self.down, self.right), lambda part: _on(part, scope))
        return self.resolved(placed, scope, depth + 1, above)


def _on(node: Node, sheet: str) -> Node | None:
    """A reference without a worksheet, in a name of a worksheet, means that worksheet."""
    if isinstance(node, CellRef | AreaRef) and node.sheet is None:
        return replace(node, sheet=sheet)
    return None
