"""Shared formulas: one text for many cells, written out for each of them."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.calc import FormulaSyntaxError, Node, parse, shift, to_formula


@dataclass(slots=True)
class _Master:
    row: int
    column: int
    text: str
    tree: Node | None = None
    broken: bool = False


class SharedFormulas:
    """The shared formulas of one worksheet by their index."""

    def __init__(self) -> None:
        self._masters: dict[str, _Master] = {}

    def define(self, index: str, row: int, column: int, text: str) -> bool:
        """Takes the cell that carries the text. A later one with the same index takes its place in Excel, but not everywhere:

        whether all programs read the same formula, which they do where it says the same there.
        """
        before = self.expand(index, row, column) if index in self._masters else text
        self._masters[index] = _Master(row, column, text)
        return before in (None, text) or before == self.expand(index, row, column)

    def __contains__(self, index: str) -> bool:
        return index in self._masters

    def expand(self, index: str, row: int, column: int) -> str | None:
        """The formula as it stands in another cell; None if the shared text cannot be understood."""
        master = self._masters[index]
        if master.tree is None and not master.broken:
            try:
                master.tree = parse(master.text)
            except FormulaSyntaxError:
                master.broken = True
        if master.tree is None:
            return None
        return to_formula(shift(master.tree, row - master.row, column - master.column))

    def text(self, index: str) -> str:
        """The shared text as it stands in the file."""
        return self._masters[index].text
